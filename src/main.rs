//! The command line. With the browser's feature there is nothing to run.

#[cfg(feature = "ssr")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    match xuke::server::command::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xuke: {what}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(feature = "ssr"))]
fn main() {}
