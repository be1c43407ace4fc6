"""The panel's style sheet, and the few lines of script that keep its keys from the notebook around it."""

from __future__ import annotations

# VS Code first: its widgets come with JupyterLab's light colours, whatever the theme around them.
STYLE = """<style>
.minilabs-panel { --ml-line: var(--vscode-panel-border, var(--jp-border-color2, #8886));
  --ml-soft: var(--vscode-textBlockQuote-background, var(--jp-layout-color2, #8881));
  --ml-ink: var(--vscode-foreground, var(--jp-ui-font-color1, inherit));
  --ml-quiet: var(--vscode-descriptionForeground, var(--jp-ui-font-color2, inherit));
  color: var(--ml-ink); font-size: 13px; line-height: 1.45; container-type: inline-size; max-width: 1200px;
  border: 1px solid var(--ml-line); border-radius: 4px; padding: 12px; overflow: hidden }
.minilabs-panel .widget-html-content { line-height: 1.45; font-size: 13px; color: var(--ml-ink) }
.minilabs-panel .widget-html, .minilabs-panel .widget-html > .widget-html-content { width: 100%; height: auto }
.minilabs-panel .widget-html, .minilabs-panel .widget-html-content { margin: 0 }
.minilabs-panel p { margin: 0 0 6px }
.ml-head { justify-content: space-between; align-items: end; gap: 16px; flex-wrap: wrap; padding-bottom: 10px;
  border-bottom: 1px solid var(--ml-line) }
.ml-head > .widget-html { flex: 1 1 320px } .ml-head > .ml-field { width: 180px }
.ml-progress progress { width: 100%; height: 8px; display: block; margin-bottom: 4px; accent-color: #1f5fa8 }
.ml-body { display: grid; grid-template-columns: minmax(260px, 5fr) minmax(320px, 7fr); gap: 20px; padding-top: 10px }
@container (max-width: 640px) { .ml-body { grid-template-columns: minmax(0, 1fr) } }
.ml-lists, .ml-deciding { gap: 8px; overflow: visible; min-width: 0 }
.minilabs-panel .ml-field { width: auto; height: auto; margin: 0; flex-direction: column; align-items: stretch }
.minilabs-panel .ml-field > .widget-label {
  width: auto; max-width: none; text-align: left; font-size: 12px; line-height: 18px; height: 18px; margin: 0;
  color: var(--ml-quiet) }
.minilabs-panel :is(select, input[type=text]) { width: 100%; margin: 0; font-size: 13px }
.minilabs-panel select[size] { padding: 2px 0; border-radius: 3px }
.minilabs-panel select[size] option { padding: 2px 6px; overflow: hidden; text-overflow: ellipsis }
.minilabs-panel :is(select, input, button, [tabindex]):focus-visible { outline: 2px solid #1f5fa8; outline-offset: 1px }
.ml-lists > .widget-select > select { flex: none }
.ml-lists > :first-child > select { height: 236px } .ml-deciding > .widget-select > select { height: 206px; flex: none }
.ml-lists > .widget-select-multiple { flex: 1 1 auto } .ml-lists > .widget-select-multiple > select {
  flex: 1 1 260px; max-height: 460px }
.minilabs-panel .widget-dropdown > select { height: 28px; flex: none }
.ml-scope { gap: 12px; overflow: visible } .ml-scope > .ml-field { flex: 1 1 0; min-width: 0 }
.ml-card { max-height: 330px; overflow: auto; padding: 10px 12px; border-radius: 4px; overflow-wrap: anywhere;
  background: color-mix(in srgb, var(--ml-soft) 55%, transparent) }
.ml-card.ml-page { max-height: min(80vh, 900px) }
.ml-page > p { margin: 0 0 3px } .ml-page > .ml-title + p { margin-bottom: 8px }
.ml-page > .ml-title ~ .ml-title { font-size: 13px; margin: 0 }
.ml-title { font-weight: 600; font-size: 15px } .ml-where, .ml-note { color: var(--ml-quiet); font-size: 12px }
.ml-said { font-weight: 600 } .ml-refused { font-weight: 600; border-left: 3px solid #b3261e; padding-left: 8px }
.ml-moves { max-height: 190px; overflow: auto; border: 1px solid var(--ml-line); border-radius: 4px }
.minilabs-panel .ml-moves table { width: 100%; border-collapse: collapse; font-size: 12px; margin: 0 }
.minilabs-panel .ml-moves :is(th, td) { text-align: left; vertical-align: top; padding: 3px 8px; white-space: normal;
  max-width: none; overflow-wrap: anywhere; border-bottom: 1px solid var(--ml-line) }
.ml-buttons { gap: 8px; flex-wrap: wrap; overflow: visible }
.ml-buttons > button { width: auto; margin: 0; padding: 0 10px; font-size: 12px }
.ml-off { color: var(--ml-quiet); font-size: 12px }
.ml-status { font-weight: 600 }
</style>"""

KEYS = """<script>
if (!window.minilabsKeys) {
  window.minilabsKeys = true;
  // arrows and letters belong to the panel while it has the focus: JupyterLab would move to another cell, or cut it
  const keep = event => event.stopPropagation();
  document.addEventListener("focusin", event => {
    const panel = event.target.closest && event.target.closest(".minilabs-panel");
    if (!panel || panel.dataset.lmSuppressShortcuts) return;
    panel.dataset.lmSuppressShortcuts = "true";
    panel.addEventListener("keydown", keep);
  });
}
</script>"""
