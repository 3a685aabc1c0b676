/** The look of all pages: one column, system colours, light and dark, from 320 px up. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d5d9e0, #3a4250); --soft: light-dark(#f4f5f7, #1d2230);
  --text: light-dark(#172b4d, #dee4ea); --quiet: light-dark(#505f79, #9fadbc); --link: light-dark(#0055cc, #85b8ff);
  --button: light-dark(#0c66e4, #579dff); --on-button: light-dark(#ffffff, #161a1d); --note: light-dark(#fff7d6, #332b00); }
* { box-sizing: border-box }
body { margin: 0; background: light-dark(#ffffff, #161a22); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; overflow-wrap: anywhere }
header { background: var(--note); border-bottom: 1px solid var(--line); padding: 8px 16px; font-size: 14px }
header p { margin: 0 auto; max-width: 800px }
main { max-width: 832px; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-size: 26px; line-height: 1.25; margin: 8px 0 16px }
h2 { font-size: 20px; margin: 32px 0 8px }
h3 { font-size: 17px; margin: 24px 0 8px }
a { color: var(--link) }
.quiet, .crumbs, figcaption { color: var(--quiet); font-size: 14px }
.crumbs { margin: 0 }
ul.plain { list-style: none; padding: 0; margin: 16px 0 }
ul.plain > li { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 12px; padding: 12px 16px }
.person { display: flex; gap: 16px; align-items: center; width: 100%; text-align: left; padding: 12px 16px;
  background: none; color: inherit; border: 0; border-radius: 8px; font: inherit; cursor: pointer }
ul.people > li { padding: 0 }
.person:hover { background: var(--soft) }
.person img { flex: none; width: 40px; height: 40px }
.person span span { display: block; color: var(--quiet); font-size: 14px }
button.main, button.other { font: inherit; font-weight: 600; padding: 10px 20px; border-radius: 6px; cursor: pointer;
  min-height: 44px; border: 1px solid var(--line); background: var(--soft); color: var(--text) }
button.main { background: var(--button); border-color: var(--button); color: var(--on-button) }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 16px 0; padding: 12px 16px }
legend { font-weight: 600; padding: 0 4px }
label.choice { display: flex; gap: 12px; align-items: baseline; padding: 6px 0; min-height: 36px }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin: 24px 0 0 }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 14px; background: var(--soft) }
code { padding: 1px 4px; border-radius: 4px }
pre { padding: 12px; border-radius: 8px; overflow-x: auto }
.scroll { overflow-x: auto }
table { border-collapse: collapse; margin: 16px 0; width: 100% }
th, td { border: 1px solid var(--line); padding: 6px 10px; text-align: left; vertical-align: top }
th { background: var(--soft) }
li > p { margin: 4px 0 }
td p:first-child, th p:first-child { margin-top: 0 } td p:last-child, th p:last-child { margin-bottom: 0 }
dl { display: grid; grid-template-columns: minmax(96px, 160px) 1fr; gap: 6px 16px; margin: 16px 0 }
dt { color: var(--quiet) } dd { margin: 0 }
blockquote { border-left: 3px solid var(--line); margin: 16px 0; padding: 0 16px; color: var(--quiet) }
.panel { border: 1px solid var(--line); border-left-width: 6px; border-radius: 6px; background: var(--soft);
  padding: 4px 16px; margin: 16px 0 }
.status { border: 1px solid var(--line); border-radius: 4px; padding: 1px 6px; font-size: 12px; font-weight: 700;
  text-transform: uppercase }
.mention { background: var(--soft); border-radius: 10px; padding: 1px 6px }
ul.tasks { list-style: none; padding-left: 4px }
.columns { display: flex; flex-wrap: wrap; gap: 24px } .columns > div { flex: 1 1 240px }
main.wide { max-width: 1232px }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 16px }
nav a { padding: 8px 0 } nav a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none }
.row { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; margin: 12px 0 }
.row label { display: grid; gap: 4px; font-size: 14px; color: var(--quiet) }
input, select { font: inherit; color: var(--text); background: var(--soft); border: 1px solid var(--line);
  border-radius: 6px; padding: 8px 10px; min-height: 44px; max-width: 100% }
input::placeholder { color: var(--quiet); opacity: 1 }
.wide table { font-size: 14px; margin: 8px 0 } .wide th { white-space: nowrap } .wide td { overflow-wrap: normal }
.wide td code { display: inline-block; min-width: 16em; overflow-wrap: anywhere } .wide td button { white-space: nowrap }
`
