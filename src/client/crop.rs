//! Cutting a photograph out of a picture with Cropper.js, which is fetched only when a picture was chosen. Which picture, and where
//! the photograph goes, is the page's matter.

use crate::base::t;
use crate::error::AppError;
use crate::form::FileKind;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlElement};

/// Where scripts/build.sh puts the library.
const SCRIPT: &str = "/cropper/cropper.min.js";
const STYLE: &str = "/cropper/cropper.min.css";
/// How good the picture is; the first that is small enough is taken.
const QUALITIES: [f64; 5] = [0.92, 0.85, 0.75, 0.6, 0.45];

/// A picture under the scissors.
#[derive(Clone)]
pub struct Cropper(JsValue);

impl Cropper {
    /// Lets a picture be cut, as soon as it can be; the preview follows.
    ///
    /// # Errors
    /// [`AppError::Refused`] for what is no picture, [`AppError::Unreachable`] if the library does not come.
    pub async fn begin(image: &HtmlElement, preview: &HtmlElement) -> Result<Cropper, AppError> {
        opened(image)
            .await
            .ok_or_else(|| AppError::Refused(t("这个文件不是能打开的图片，请换一张", "This file is no picture that opens; choose another").into()))?;
        fetch().await?;
        let (width, height) = FileKind::PHOTO_SIDES;
        let options = Object::new();
        let given: [(&str, JsValue); 7] = [
            ("aspectRatio", (width as f64 / height as f64).into()),
            ("viewMode", 1.into()),
            ("autoCropArea", 0.9.into()),
            ("preview", preview.into()),
            // They would ask for the picture once more, at an address that the page's policy does not have; browsers turn it themselves.
            ("checkOrientation", false.into()),
            ("checkCrossOrigin", false.into()),
            ("toggleDragModeOnDblclick", false.into()),
        ];
        for (key, value) in given {
            Reflect::set(&options, &key.into(), &value).map_err(failed)?;
        }
        let make: Function = Reflect::get(&js_sys::global(), &"Cropper".into()).and_then(|found| found.dyn_into()).map_err(failed)?;
        let ready = Promise::new(&mut |done, gone| {
            if Reflect::set(&options, &"ready".into(), &done).is_err() {
                // A promise that was kept cannot be refused.
                gone.call0(&JsValue::NULL).ok();
            }
        });
        let cropper = Reflect::construct(&make, &Array::of2(image, &options)).map(Cropper).map_err(failed)?;
        JsFuture::from(ready).await.map_err(failed)?;
        Ok(cropper)
    }

    /// Larger or smaller, by a share.
    pub fn zoom(&self, by: f64) {
        self.call("zoom", &Array::of1(&by.into()));
    }

    /// The picture, by pixels of the screen.
    pub fn shift(&self, right: f64, down: f64) {
        self.call("move", &Array::of2(&right.into(), &down.into()));
    }

    /// A quarter to the right: the library shows a picture as it was taken, whichever way the camera was held.
    pub fn turn(&self) {
        self.call("rotate", &Array::of1(&90.into()));
    }

    /// Gives the place back.
    pub fn end(&self) {
        self.call("destroy", &Array::new());
    }

    /// The photograph as it is cut now, as small as it has to be.
    pub async fn photo(&self) -> Option<File> {
        let (width, height) = FileKind::PHOTO_SIDES;
        let options = Object::new();
        let given: [(&str, JsValue); 3] = [("width", (width as f64).into()), ("height", (height as f64).into()), ("fillColor", "#fff".into())];
        for (key, value) in given {
            Reflect::set(&options, &key.into(), &value).ok()?;
        }
        let canvas = self.call("getCroppedCanvas", &Array::of1(&options))?;
        for quality in QUALITIES {
            let blob = blob_of(&canvas, quality).await?;
            if blob.size() <= FileKind::PHOTO_BYTES as f64 {
                return file_of(&blob);
            }
        }
        None
    }

    fn call(&self, name: &str, arguments: &Array) -> Option<JsValue> {
        let method: Function = Reflect::get(&self.0, &name.into()).ok()?.dyn_into().ok()?;
        Reflect::apply(&method, &self.0, arguments).ok()
    }
}

/// Waits until a picture can be shown; `None` for what is none.
async fn opened(image: &HtmlElement) -> Option<()> {
    let method: Function = Reflect::get(image, &"decode".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = Reflect::apply(&method, image, &Array::new()).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok().map(drop)
}

/// Fetches the library, once.
async fn fetch() -> Result<(), AppError> {
    if Reflect::has(&js_sys::global(), &"Cropper".into()) == Ok(true) {
        return Ok(());
    }
    let head = document().head().ok_or_else(|| failed(JsValue::NULL))?;
    for (name, kind, address) in [("link", "href", STYLE), ("script", "src", SCRIPT)] {
        let element = document().create_element(name).map_err(failed)?;
        if name == "link" {
            element.set_attribute("rel", "stylesheet").map_err(failed)?;
        }
        element.set_attribute(kind, address).map_err(failed)?;
        let came = Promise::new(&mut |done, gone| {
            // A promise nobody keeps is told below: the library is not there.
            Reflect::set(&element, &"onload".into(), &done).ok();
            Reflect::set(&element, &"onerror".into(), &gone).ok();
        });
        head.append_child(&element).map_err(failed)?;
        JsFuture::from(came).await.map_err(failed)?;
    }
    Ok(())
}

async fn blob_of(canvas: &JsValue, quality: f64) -> Option<Blob> {
    let method: Function = Reflect::get(canvas, &"toBlob".into()).ok()?.dyn_into().ok()?;
    let made = Promise::new(&mut |done, gone| {
        if Reflect::apply(&method, canvas, &Array::of3(&done, &"image/jpeg".into(), &quality.into())).is_err() {
            // A promise that cannot be refused any more was kept.
            gone.call0(&JsValue::NULL).ok();
        }
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

fn file_of(blob: &Blob) -> Option<File> {
    let make: Function = Reflect::get(&js_sys::global(), &"File".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"image/jpeg".into()).ok()?;
    Reflect::construct(&make, &Array::of3(&Array::of1(blob), &"照片.jpg".into(), &options)).ok()?.dyn_into().ok()
}

/// The address of a file in this browser, for a picture to be shown.
pub fn address_of(file: &File) -> Option<String> {
    let urls = Reflect::get(&js_sys::global(), &"URL".into()).ok()?;
    let method: Function = Reflect::get(&urls, &"createObjectURL".into()).ok()?.dyn_into().ok()?;
    Reflect::apply(&method, &urls, &Array::of1(file)).ok()?.as_string()
}

/// Lets an address of [`address_of`] go.
pub fn forget(address: &str) {
    let method = Reflect::get(&js_sys::global(), &"URL".into()).and_then(|urls| Reflect::get(&urls, &"revokeObjectURL".into()));
    if let Some(method) = method.ok().and_then(|found| found.dyn_into::<Function>().ok()) {
        // What cannot be let go goes with the page.
        method.call1(&JsValue::NULL, &address.into()).ok();
    }
}

fn failed(cause: JsValue) -> AppError {
    AppError::Unreachable(format!("{cause:?}"))
}
