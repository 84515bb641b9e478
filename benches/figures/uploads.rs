//! Files of the greatest size that is taken, all at once: what memory that needs, and how fast they are kept (issue: memory flat).

use crate::Result;
use crate::browser::Browser;
use crate::load::now;
use crate::report::Line;
use crate::server::Site;
use bytes::Bytes;
use std::io::Write;
use std::path::Path;
use tokio::task::JoinSet;

const FILES: usize = 50;
/// Bytes of a file: the most that is taken.
const SIZE: usize = 20 * 1024 * 1024;

/// The server's memory at most after one upload, and after all of them at once; beside, how fast the disk takes the same bytes.
pub async fn figures(site: &Site, folder: &Path) -> Result<Vec<Line>> {
    let server = site.start().await?;
    let unit = Browser::signed_in(&server.url).await?;
    unit.upload(paper(FILES)).await.map_err(|cause| server.explain(cause))?;
    let one = server.memory("VmHWM")?;
    let papers: Vec<Bytes> = (0..FILES).map(paper).collect();
    let bare = written(folder, &papers)?;
    let began = now();
    let mut sending = JoinSet::new();
    for paper in papers {
        let unit = unit.clone();
        sending.spawn(async move { unit.upload(paper).await });
    }
    while let Some(sent) = sending.join_next().await {
        sent?.map_err(|cause| server.explain(cause))?;
    }
    let speed = megabytes() / now().duration_since(began).as_secs_f64();
    let what = format!("{FILES} uploads of 20 MB at once");
    Ok(vec![
        Line::new(format!("{what}, memory at most"), server.memory("VmHWM")?, "MB").beside(one, "one upload"),
        Line::new(what, speed, "MB/s").beside(bare, "written and synced"),
    ])
}

fn megabytes() -> f64 {
    (FILES * SIZE) as f64 / 1e6
}

/// A PDF like no other.
fn paper(n: usize) -> Bytes {
    let mut bytes = format!("%PDF-1.7\n% {n}\n").into_bytes();
    bytes.resize(SIZE - 7, b' ');
    bytes.extend_from_slice(b"\n%%EOF\n");
    bytes.into()
}

/// MB a second that the disk takes of the same files, one after the other.
fn written(folder: &Path, papers: &[Bytes]) -> Result<f64> {
    let began = now();
    for (n, paper) in papers.iter().enumerate() {
        let path = folder.join(format!("bare-{n}"));
        let mut file = std::fs::File::create(&path)?;
        file.write_all(paper)?;
        file.sync_all()?;
        std::fs::remove_file(path)?;
    }
    Ok(megabytes() / now().duration_since(began).as_secs_f64())
}
