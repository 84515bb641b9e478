//! The administrator's screens of the catalogue: versions and their differences, authorities and delegations.

mod authorities;
mod versions;

pub use authorities::AuthoritiesAdminPage;
pub use versions::CatalogueAdminPage;

use crate::base::t;
use crate::ui::lang::tx;
use leptos::prelude::*;

/// The way between the administrator's screens.
#[component]
fn Tabs() -> impl IntoView {
    view! {
        <p class="actions">
            <a class="button" href="/admin/catalogue">{tx(t("目录版本", "Versions"))}</a>" "
            <a class="button" href="/admin/authorities">{tx(t("审批机关与委托", "Authorities and delegations"))}</a>
        </p>
    }
}
