//! 照片: one picture, cut to one inch in the browser with a live preview, and uploaded. Without script a photograph that is right
//! already is chosen like any file. The server looks again either way.

use super::files::FORM;
use crate::application::draft::Draft;
use crate::base::{Say, Text, t};
use crate::ui::field::field_id;
use crate::ui::lang::tx;
use leptos::html;
use leptos::prelude::*;

/// What may be chosen, for the browser's file dialog.
const ACCEPT: &str = ".jpg,.jpeg,.png,image/jpeg,image/png";

/// The place of a photograph while its page is open.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the server draws the place; only a browser cuts"))]
struct Place {
    draft: Draft,
    path: StoredValue<String>,
    told: RwSignal<Option<Say>>,
    uploaded: Callback<()>,
    input: NodeRef<html::Input>,
    image: NodeRef<html::Img>,
    preview: NodeRef<html::Div>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    #[cfg(feature = "hydrate")]
    cut: StoredValue<Option<(crate::client::crop::Cropper, String)>, LocalStorage>,
}

/// What the picture will be.
const PREVIEW: Text = t("预览（295×413）", "Preview (295×413)");

/// The control that takes a photograph. `uploaded` is called when one is there.
#[component]
pub(super) fn PhotoUpload(draft: Draft, path: String, label: &'static str, told: RwSignal<Option<Say>>, uploaded: Callback<()>) -> impl IntoView {
    let place = Place {
        draft,
        path: StoredValue::new(path.clone()),
        told,
        uploaded,
        input: NodeRef::new(),
        image: NodeRef::new(),
        preview: NodeRef::new(),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        #[cfg(feature = "hydrate")]
        cut: StoredValue::new_local(None),
    };
    let id = format!("{}-file", field_id(&path));
    let hint_id = format!("{id}-hint");
    let pressed = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        place.pressed();
    };
    let step = |text: Text, act: fn(Place)| view! { <button type="button" class="button small" on:click=move |_| act(place)>{tx(text)}</button>" " };
    view! {
        <div class="drop">
            <label for=id.clone()><span class="visually-hidden">{label}{tx(t("：", ": "))}</span>{tx(t("选择照片", "Choose a photograph"))}</label>
            <input type="file" id=id form=FORM name=format!("upload[{path}]") accept=ACCEPT aria-describedby=hint_id.clone() node_ref=place.input on:change=move |_| place.chosen()/>
            <button class="button" type="submit" form=FORM name="act" value=format!("upload:{path}") on:click=pressed>{tx(t("上传", "Upload"))}</button>
            <p class="hint" id=hint_id>{tx(t("选择后可以裁剪；不能裁剪的浏览器，请先处理成 295×413 像素。", "It can be cut after choosing; where the browser cannot, make it 295×413 pixels first."))}</p>
        </div>
        <section class="crop" hidden=move || !place.open.get() aria-label=tx(t("裁剪照片", "Cut the photograph"))>
            <div class="crop-stage"><img node_ref=place.image alt=tx(t("待裁剪的照片", "The picture to cut"))/></div>
            <div class="crop-side">
                <p class="hint" aria-hidden="true">{tx(PREVIEW)}</p>
                <div class="crop-preview" role="img" aria-label=tx(PREVIEW) node_ref=place.preview></div>
                <p class="actions">
                    {step(t("放大", "Larger"), |place| place.zoom(0.1))}
                    {step(t("缩小", "Smaller"), |place| place.zoom(-0.1))}
                    {step(t("旋转", "Turn"), Place::turn)}
                    {step(t("左移", "Left"), |place| place.shift(-10.0, 0.0))}
                    {step(t("右移", "Right"), |place| place.shift(10.0, 0.0))}
                    {step(t("上移", "Up"), |place| place.shift(0.0, -10.0))}
                    {step(t("下移", "Down"), |place| place.shift(0.0, 10.0))}
                </p>
                <p class="actions">
                    <button type="button" class="button primary" disabled=move || place.busy.get() on:click=move |_| place.take()>{tx(t("使用这张照片", "Use this photograph"))}</button>" "
                    <button type="button" class="button" on:click=move |_| place.end()>{tx(t("取消", "Cancel"))}</button>
                </p>
            </div>
        </section>
    }
}

impl Place {
    /// Takes what was chosen before the script ran, or lets something be chosen.
    fn pressed(self) {
        match self.input.get_untracked() {
            Some(input) if input.value().is_empty() => input.click(),
            _ => self.chosen(),
        }
    }
}

#[cfg(not(feature = "hydrate"))]
impl Place {
    fn chosen(self) {}
    fn zoom(self, _: f64) {}
    fn shift(self, _: f64, _: f64) {}
    fn turn(self) {}
    fn take(self) {}
    fn end(self) {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::*;
    use crate::client::crop::{Cropper, address_of, forget};
    use crate::client::upload::upload;
    use leptos::task::spawn_local;

    impl Place {
        /// Puts the picture that was chosen under the scissors.
        pub(super) fn chosen(self) {
            let file = self.input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
            let (Some(file), Some(image), Some(preview)) = (file, self.image.get_untracked(), self.preview.get_untracked()) else { return };
            // It lets the file itself go as well, which is held here by now.
            self.end();
            self.told.set(None);
            let Some(address) = address_of(&file) else { return };
            image.set_src(&address);
            self.open.set(true);
            self.busy.set(true);
            spawn_local(async move {
                let begun = Cropper::begin(&image, &preview).await;
                self.busy.try_set(false);
                match begun {
                    Ok(cropper) => {
                        self.cut.try_set_value(Some((cropper, address)));
                    }
                    Err(error) => {
                        self.open.try_set(false);
                        self.told.try_set(Some(error.say()));
                        forget(&address);
                    }
                }
            });
        }

        fn with(self, act: impl FnOnce(&Cropper)) {
            if let Some((cropper, _)) = self.cut.get_value() {
                act(&cropper);
            }
        }

        pub(super) fn zoom(self, by: f64) {
            self.with(|cropper| cropper.zoom(by));
        }

        pub(super) fn shift(self, right: f64, down: f64) {
            self.with(|cropper| cropper.shift(right, down));
        }

        pub(super) fn turn(self) {
            self.with(Cropper::turn);
        }

        /// Uploads the photograph as it is cut now.
        pub(super) fn take(self) {
            let Some((cropper, _)) = self.cut.get_value() else { return };
            self.busy.set(true);
            let uploading = self.draft.uploading;
            uploading.update(|names| names.push(tx(t("照片", "Photograph")).to_owned()));
            spawn_local(async move {
                let done = match cropper.photo().await {
                    Some(photo) => upload(self.draft.no.get_value(), self.path.get_value(), photo, |_| ()).await.map(drop).map_err(|error| error.say()),
                    None => Err(t("照片没有裁剪成，请换一张", "The photograph could not be cut; choose another").into()),
                };
                self.busy.try_set(false);
                uploading.try_update(Vec::pop);
                match done {
                    Ok(()) => {
                        self.end();
                        self.uploaded.run(());
                    }
                    Err(why) => {
                        self.told.try_set(Some(why));
                    }
                }
            });
        }

        /// Puts the scissors away.
        pub(super) fn end(self) {
            if let Some(Some((cropper, address))) = self.cut.try_update_value(Option::take) {
                cropper.end();
                forget(&address);
            }
            self.open.try_set(false);
            if let Some(input) = self.input.get_untracked() {
                input.set_value("");
            }
        }
    }
}
