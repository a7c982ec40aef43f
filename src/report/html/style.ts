/** The style sheet of the page: light or dark as the reader has it, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#ffffff, #14171a);
  --panel: light-dark(#f5f6f7, #1e2327);
  --line: light-dark(#cfd4d9, #3b434a);
  --text: light-dark(#1b1f23, #e6e9ec);
  --muted: light-dark(#57606a, #a3acb5);
  --good: light-dark(#116329, #5fd07e);
  --bad: light-dark(#b3181f, #ff8a85);
  --warn: light-dark(#7d4e00, #f0b949);
  --info: light-dark(#0a5a9c, #79b8ff);
}
* { box-sizing: border-box; }
body { overflow-wrap: break-word; margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 3rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3, h4, p { margin: 0 0 .5rem; }
h1 { font-size: 1.5rem; }
h2 { margin-top: 2rem; font-size: 1.25rem; overflow-wrap: anywhere; }
h3 { margin-top: 1.25rem; font-size: 1.05rem; }
h4 { font-size: 1rem; overflow-wrap: anywhere; }
a { color: var(--info); }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
:not(pre) > code { overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .6rem .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; background: var(--page); }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; }
.facts-list { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
.facts-list dt { color: var(--muted); }
.facts-list dd { margin: 0; overflow-wrap: anywhere; }
.verdict, .badge { padding: .05em .45em; border: 1px solid currentColor; border-radius: 4px; font-size: .85em; font-weight: 700; text-transform: uppercase; }
.badge { font-size: .75em; }
.pass { color: var(--good); }
.fail, .badge.error, .bad, .status.fail.error { color: var(--bad); }
.over-budget, .inconclusive, .badge.warning, .status.fail.warning { color: var(--warn); }
.badge.info, .status.fail.info { color: var(--info); }
.skip, .hint, .place, .reason, .facts { color: var(--muted); }
.reason { overflow-wrap: anywhere; }
.failure { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px; background: var(--panel); }
.failure.error { border-left-color: var(--bad); }
.failure.warning { border-left-color: var(--warn); }
.failure.info { border-left-color: var(--info); }
.failure .rule { color: var(--muted); }
.failure .message { font-weight: 600; }
.failure .place { font-size: .875rem; }
.failure dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
.failure dt { color: var(--muted); }
.failure dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.group { margin-bottom: .25rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .25rem 0 1rem; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--muted); font-weight: 400; }
.status, td code { white-space: nowrap; }
.figures th code { color: var(--text); font-weight: 600; white-space: nowrap; }
.figures .definition { min-width: 14rem; }
.figures .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.plot { margin: 1rem 0 2.5rem; }
.plot figcaption { margin-bottom: 1.25rem; }
.plot > svg { display: block; width: calc(100% - 5rem); margin-left: 4rem; overflow: visible; }
.plot path { fill: none; vector-effect: non-scaling-stroke; }
.plot text { fill: var(--muted); font-size: .75rem; }
.plot text.bound, .plot path.bound-mark { fill: var(--bad); }
.plot text.bound { paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
path.grid { stroke: var(--line); }
path.curve { stroke: var(--info); stroke-width: 2; }
path.bound { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 6 4; }
path.waiting { stroke: var(--warn); stroke-width: 2; stroke-dasharray: 2 4; }
.plot path.voice, .key path.voice { fill: var(--good); }
path.silence { stroke: var(--bad); stroke-width: 2; }
.plot path.silence, .key path.silence { fill: var(--page); }
.exchange { margin-top: 1rem; padding-top: .5rem; border-top: 1px solid var(--line); }
.exchange h3 { display: inline-block; margin: 0 .75rem 0 0; }
.exchange .facts { display: inline-block; margin: 0; }
.timeline { display: block; width: calc(100% - 1rem); height: 48px; margin: .25rem .5rem 0; overflow: visible; }
.timeline path, .key path { vector-effect: non-scaling-stroke; }
.axis { stroke: var(--line); }
.wait { stroke: var(--warn); stroke-width: 3; }
.body { stroke: var(--good); stroke-width: 3; }
.ticks { stroke: var(--text); }
.request-sent, .closed { fill: var(--text); }
.first-byte { fill: var(--warn); }
.role { fill: var(--info); }
.first-content { fill: var(--good); }
.-done- { fill: var(--page); stroke: var(--text); stroke-width: 2; }
.held-open, .timeout, .too-large, .aborted, .failed, .finding { fill: var(--bad); }
.keys { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0; list-style: none; font-size: .875rem; }
.key { width: 14px; height: 14px; margin-right: .35rem; vertical-align: -2px; }
footer { margin-top: 2.5rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 36rem) {
  .failure dl { grid-template-columns: 1fr; gap: 0; }
  .failure dd { margin-bottom: .5rem; }
  .group thead { display: none; }
  .group tr { display: grid; grid-template-columns: 6rem 1fr; border-bottom: 1px solid var(--line); }
  .group td { border: 0; padding-bottom: 0; }
  .group td:last-child { grid-column: 2; padding-bottom: .4rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .failure, .exchange, tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  .repeat { display: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  * { print-color-adjust: exact; }
}
`
