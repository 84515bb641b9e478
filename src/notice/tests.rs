use super::driver::Drivers;
use super::job::{MAX_TRIES, round};
use super::service;
use crate::server::app::App;
use crate::server::config::{Config, MailDriver, SmsDriver};
use crate::server::testing::TestApp;
use crate::vals;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// What a gateway or mail server was told.
type Heard = Arc<Mutex<Vec<String>>>;

async fn queue_sms(app: &Arc<App>, text: &'static str) {
    let seat = app.clone();
    app.db.write(move |tx| Box::pin(async move { service::sms(tx, &seat, "13812341234", text).await })).await.unwrap();
}

async fn queue_mail(app: &Arc<App>, text: &'static str) {
    let seat = app.clone();
    app.db.write(move |tx| Box::pin(async move { service::mail(tx, &seat, "zhang@example.org", "您的申请已提交", text).await })).await.unwrap();
}

/// State, tries and error of the only message.
async fn fate(app: &App) -> (String, i64, String) {
    let row = app.db.read().await.unwrap().row("SELECT state, tries, error FROM outbox", vals![]).await.unwrap().unwrap();
    (row.text("state").unwrap(), row.int("tries").unwrap(), row.text("error").unwrap())
}

/// A text message gateway that refuses the first `failures` requests.
async fn gateway(failures: usize) -> (Config, Heard) {
    let heard = Heard::default();
    let ears = heard.clone();
    let answer = move |headers: axum::http::HeaderMap, body: String| async move {
        let mut heard = ears.lock().unwrap();
        heard.push(format!("{} {body}", headers["x-key"].to_str().unwrap()));
        if heard.len() <= failures { axum::http::StatusCode::SERVICE_UNAVAILABLE } else { axum::http::StatusCode::OK }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let router = axum::Router::new().route("/send", axum::routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let demo = [("XUKE_DEMO".to_owned(), "1".to_owned())];
    let config = Config::load(None, demo.into_iter()).unwrap();
    (Config { sms: SmsDriver::Http, sms_url: url, sms_headers: "Content-Type: application/json\nX-Key: secret".into(), ..config }, heard)
}

/// A mail server that refuses the first `failures` recipients.
async fn mail_server(failures: usize) -> (Config, Heard) {
    let heard = Heard::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let ears = heard.clone();
    tokio::spawn(async move {
        let mut refused = 0;
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 test ESMTP\r\n").await.unwrap();
            let mut mail = None::<String>;
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(text) = &mut mail {
                    if line != "." {
                        text.push_str(&line);
                        text.push('\n');
                        continue;
                    }
                    ears.lock().unwrap().push(mail.take().unwrap());
                    write.write_all(b"250 taken\r\n").await.unwrap();
                    continue;
                }
                let answer = match line.get(..4).unwrap_or("") {
                    "EHLO" => "250 test",
                    "RCPT" if refused < failures => {
                        refused += 1;
                        "450 zhang@example.org is busy"
                    }
                    "DATA" => {
                        mail = Some(String::new());
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        }
    });
    let demo = [("XUKE_DEMO".to_owned(), "1".to_owned())];
    let config = Config::load(None, demo.into_iter()).unwrap();
    (Config { mail: MailDriver::Smtp, smtp_url: url, mail_from: "许可 <no-reply@example.org>".into(), ..config }, heard)
}

#[tokio::test]
async fn a_text_message_reaches_the_gateway_once() {
    for test in TestApp::all().await {
        let (config, heard) = gateway(0).await;
        let drivers = Drivers::open(&config).unwrap();
        queue_sms(&test.app, "验证码 \"123456\"\n5 分钟内有效 {mobile}").await;
        assert_eq!(round(&test.app, &drivers).await.unwrap(), 1);
        assert_eq!(round(&test.app, &drivers).await.unwrap(), 0);
        assert_eq!(*heard.lock().unwrap(), [r#"secret {"mobile":"13812341234","text":"验证码 \"123456\"\n5 分钟内有效 {mobile}"}"#]);
        assert_eq!(fate(&test.app).await, ("sent".into(), 1, String::new()));
    }
}

#[tokio::test]
async fn a_failing_gateway_is_tried_again_later_and_later() {
    for test in TestApp::all().await {
        let (config, heard) = gateway(2).await;
        let drivers = Drivers::open(&config).unwrap();
        queue_sms(&test.app, "x").await;
        round(&test.app, &drivers).await.unwrap();
        assert_eq!(fate(&test.app).await, ("waiting".into(), 1, "the gateway answered 503".into()));
        for (wait, due) in [(4_000, 0), (1_100, 1), (9_000, 0), (1_100, 1)] {
            test.app.clock.advance(wait);
            assert_eq!(round(&test.app, &drivers).await.unwrap(), due, "after {wait}");
        }
        assert_eq!(fate(&test.app).await, ("sent".into(), 3, String::new()));
        assert_eq!(heard.lock().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn after_eight_tries_it_is_given_up() {
    let test = TestApp::on_sqlite().await;
    let (config, heard) = gateway(99).await;
    let drivers = Drivers::open(&config).unwrap();
    queue_sms(&test.app, "x").await;
    for _ in 0..MAX_TRIES + 3 {
        round(&test.app, &drivers).await.unwrap();
        test.app.clock.advance(3_600_000);
    }
    assert_eq!(fate(&test.app).await, ("failed".into(), MAX_TRIES, "the gateway answered 503".into()));
    assert_eq!(i64::try_from(heard.lock().unwrap().len()).unwrap(), MAX_TRIES);
}

#[tokio::test]
async fn several_nodes_send_a_message_once() {
    for test in TestApp::all().await {
        let (config, heard) = gateway(0).await;
        let drivers = Drivers::open(&config).unwrap();
        for _ in 0..20 {
            queue_sms(&test.app, "x").await;
        }
        futures::future::join_all((0..4).map(|_| round(&test.app, &drivers))).await;
        assert_eq!(heard.lock().unwrap().len(), 20);
    }
}

#[tokio::test]
async fn what_a_dead_node_took_is_sent_by_another() {
    let test = TestApp::on_sqlite().await;
    let (config, heard) = gateway(0).await;
    let drivers = Drivers::open(&config).unwrap();
    queue_sms(&test.app, "x").await;
    // As the claim of a node that died leaves it.
    let until = test.app.clock.now() + 60_000;
    test.app.db.write(move |tx| Box::pin(async move { tx.run("UPDATE outbox SET due_at = $1, tries = 1", vals![until]).await })).await.unwrap();
    assert_eq!(round(&test.app, &drivers).await.unwrap(), 0);
    test.app.clock.advance(60_001);
    assert_eq!(round(&test.app, &drivers).await.unwrap(), 1);
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_mail_reaches_a_mail_server_after_a_refusal() {
    for test in TestApp::all().await {
        let (config, heard) = mail_server(1).await;
        let drivers = Drivers::open(&config).unwrap();
        queue_mail(&test.app, "您好！\n回执号 20261122000001。").await;
        round(&test.app, &drivers).await.unwrap();
        let (state, tries, error) = fate(&test.app).await;
        assert_eq!((state.as_str(), tries), ("waiting", 1));
        assert!(error.contains("450") && !error.contains("zhang"), "{error}");
        test.app.clock.advance(5_100);
        round(&test.app, &drivers).await.unwrap();
        assert_eq!(fate(&test.app).await, ("sent".into(), 2, String::new()));
        let mails = heard.lock().unwrap();
        let [mail] = mails.as_slice() else { panic!("{mails:?}") };
        assert!(mail.contains("To: zhang@example.org") && mail.contains("<no-reply@example.org>") && mail.contains("Message-ID: <"), "{mail}");
        assert!(mail.contains("Subject: =?utf-8?b?"), "{mail}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_a_name() {
    let test = TestApp::on_sqlite().await;
    let (config, _) = gateway(0).await;
    let nowhere = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let config = Config { sms_url: format!("http://{nowhere}/13812341234"), mail: MailDriver::Smtp, smtp_url: format!("smtp://{nowhere}"), ..config };
    let drivers = Drivers::open(&config).unwrap();
    assert_eq!(drivers.sms("13812341234", "x").await, Err("the gateway was not reached".into()));
    assert_eq!(drivers.mail("1", "zhang@example.org", "x", "x").await, Err("the mail server was not reached".into()));
    assert_eq!(drivers.mail("1", "nobody", "x", "x").await, Err("the address is no mail address".into()));
    drop(test);
}

#[tokio::test]
async fn a_wrong_configuration_is_refused_at_start_by_its_key() {
    let test = TestApp::on_sqlite().await;
    let config = test.app.config.clone();
    let http = Config { sms: SmsDriver::Http, sms_url: "http://127.0.0.1/".into(), ..config.clone() };
    let smtp = Config { mail: MailDriver::Smtp, smtp_url: "smtp://127.0.0.1:25".into(), ..config };
    for (wrong, key) in [
        (Config { sms_url: "nowhere".into(), ..http.clone() }, "sms_url"),
        (Config { sms_headers: "just words".into(), ..http }, "sms_headers"),
        (Config { smtp_url: "nowhere".into(), ..smtp.clone() }, "smtp_url"),
        (Config { mail_from: "nobody".into(), ..smtp }, "mail_from"),
    ] {
        let told = App::open(wrong, true).await.map(drop).unwrap_err();
        assert!(told.contains(key), "{told}");
    }
}

#[tokio::test]
async fn a_demonstration_shows_its_messages_newest_first() {
    let test = TestApp::on_sqlite().await;
    queue_sms(&test.app, "验证码 111111").await;
    test.app.clock.advance(1000);
    queue_mail(&test.app, "回执").await;
    round(&test.app, &Drivers::open(&test.app.config).unwrap()).await.unwrap();
    let messages = service::newest(&test.nobody()).await.unwrap();
    assert_eq!(messages.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["回执", "验证码 111111"]);
    assert_eq!(messages[0].to, "zhang@example.org");
}
