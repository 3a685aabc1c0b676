/** The style sheet of the page. System fonts, light and dark, no picture, nothing fetched. */
export const style = `
:root{color-scheme:light dark;--page:#f3f4f7;--card:#fff;--ink:#171c26;--soft:#525c6b;--line:#dfe3ea;--field:#f8f9fb;
--accent:#1f4fd8;--accent-ink:#fff;--accent-soft:#eef3ff;--warn:#7a4700;--warn-soft:#fff4e0;
--shadow:0 1px 2px rgb(16 24 40/.05),0 16px 40px -16px rgb(16 24 40/.18)}
@media (prefers-color-scheme:dark){:root{--page:#0e1116;--card:#171b22;--ink:#eceff4;--soft:#a8b2c1;--line:#2d3440;
--field:#1d222b;--accent:#9bbcff;--accent-ink:#0c1a38;--accent-soft:#1b2740;--warn:#f3c27a;--warn-soft:#2c2211;
--shadow:0 1px 2px rgb(0 0 0/.4),0 20px 48px -20px rgb(0 0 0/.7)}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;gap:1.25rem;
padding:clamp(.75rem,4vw,3.5rem) clamp(.75rem,3vw,2.5rem);background:var(--page);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{width:100%;max-width:44rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;
padding:clamp(1.25rem,5vw,2.75rem);box-shadow:var(--shadow)}
header{display:flex;align-items:center;gap:1rem}
.tile{flex:none;display:grid;place-items:center;width:3rem;height:3rem;border-radius:.875rem;background:var(--accent);color:var(--accent-ink)}
.tile svg{width:1.5rem;height:1.5rem}
h1{margin:0;font-size:clamp(1.5rem,1.2rem + 1.6vw,2rem);line-height:1.2;letter-spacing:-.02em;font-weight:650}
h2{margin:2.25rem 0 0;font-size:1.0625rem;line-height:1.4;font-weight:650}
p{margin:0}
h1,p,li{overflow-wrap:anywhere}
.lead{margin-top:1.1rem;font-size:1.0625rem;color:var(--soft);text-wrap:pretty}
.notice{margin-top:1.25rem;padding:.7rem .9rem;border-radius:.625rem;background:var(--warn-soft);color:var(--warn);font-size:.9375rem}
.address{margin-top:1.5rem;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:.875rem;background:var(--accent-soft)}
.address span{display:block;font-size:.8125rem;color:var(--soft)}
code{font:.9375rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.address code{display:block;margin-top:.15rem;font-size:clamp(.9375rem,.8rem + .8vw,1.125rem);font-weight:600;overflow-wrap:anywhere;user-select:all}
.guides{margin-top:.9rem;border:1px solid var(--line);border-radius:.875rem;overflow:hidden}
details+details{border-top:1px solid var(--line)}
summary{display:flex;align-items:center;gap:.6rem;min-height:3rem;padding:.5rem 1.1rem;font-weight:600;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.45rem;height:.45rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open] summary::before{transform:rotate(45deg) translate(-.1rem,-.1rem)}
summary:hover{background:var(--field)}
.guide{padding:0 1.1rem 1.1rem}
.guide p{color:var(--soft);font-size:.9375rem}
pre{margin:.6rem 0 0;padding:.8rem .95rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.625rem;background:var(--field);user-select:all}
pre code{font-size:.875rem}
ul{margin:.6rem 0 0;padding:0;list-style:none}
li{position:relative;padding:.2rem 0 .2rem 1.25rem;color:var(--soft);font-size:.9375rem;text-wrap:pretty}
li::before{content:"";position:absolute;left:.15rem;top:.85em;width:.4rem;height:.4rem;border-radius:50%;background:var(--accent);opacity:.75}
li b{color:var(--ink);font-weight:600}
a{color:var(--accent);text-underline-offset:.15em}
footer{max-width:44rem;font-size:.8125rem;color:var(--soft);text-align:center;text-wrap:balance}
summary:focus-visible,a:focus-visible,pre:focus-visible{outline:3px solid var(--accent);outline-offset:-3px;border-radius:.5rem}
a:focus-visible{outline-offset:2px}
@media (prefers-contrast:more){:root{--line:currentColor;--soft:var(--ink)}}
@media (forced-colors:active){.tile,.address{border:1px solid}}
`
