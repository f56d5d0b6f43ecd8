//! Fields and controls of an OpenDocument text that show something and have no text of their own.

use crate::office::xml::Node;
use std::collections::BTreeMap;

/// What a field of a form shows that came from a Word file.
pub(super) fn of_mark(mark: &Node) -> String {
    let kind = mark.get("type").unwrap_or_default().rsplit('.').next().unwrap_or_default();
    let values = |name: &'static str| {
        let is_so = move |p: &&Node| p.get("name").is_some_and(|n| n.rsplit('.').next() == Some(name));
        mark.all("param").filter(is_so).filter_map(|p| p.get("value"))
    };
    match kind {
        "FORMCHECKBOX" => tick(values("Checkbox_Checked").next() == Some("true")).to_owned(),
        "FORMDROPDOWN" => {
            let chosen = values("Dropdown_Selected").next().and_then(|n| n.parse().ok()).unwrap_or(0);
            values("Dropdown_ListEntry").nth(chosen).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn tick(is_ticked: bool) -> &'static str {
    if is_ticked { "☑" } else { "☐" }
}

/// What the controls of a form show, by their names.
pub(super) fn controls(node: &Node, found: &mut BTreeMap<String, String>) {
    for control in node.nodes() {
        let label = control.get("label").unwrap_or_default();
        let is_set = |names: [&str; 2], yes: &str| names.into_iter().find_map(|n| control.get(n)) == Some(yes);
        let shown = match control.name.as_str() {
            "checkbox" => format!("{}{label}", tick(is_set(["current-state", "state"], "checked"))),
            "radio" => format!("{}{label}", if is_set(["current-selected", "selected"], "true") { "◉" } else { "○" }),
            "listbox" => {
                let is_chosen = |o: &&Node| ["current-selected", "selected"].into_iter().find_map(|n| o.get(n)) == Some("true");
                let chosen: Vec<&str> = control.all("option").filter(is_chosen).filter_map(|o| o.get("label")).collect();
                chosen.join("、")
            }
            "text" | "textarea" | "combobox" | "formatted-text" | "date" | "number" => {
                ["current-value", "value"].into_iter().find_map(|n| control.get(n)).unwrap_or_default().to_owned()
            }
            "fixed-text" => label.to_owned(),
            _ => String::new(),
        };
        if let Some(id) = control.get("id").filter(|_| !shown.is_empty()) {
            found.insert(id.to_owned(), shown);
        }
        controls(control, found);
    }
}
