/** The style sheet of all pages. System fonts, light and dark, no picture, nothing fetched. */
export const style = `
:root{color-scheme:light dark;--page:#f3f4f7;--card:#fff;--ink:#171c26;--soft:#525c6b;--line:#dfe3ea;--field:#f8f9fb;
--accent:#1f4fd8;--accent-ink:#fff;--accent-soft:#eef3ff;--good:#0b6b43;--good-soft:#e6f6ee;--warn:#7a4700;--warn-soft:#fff4e0;
--bad:#a4262c;--bad-soft:#fdecec;--shadow:0 1px 2px rgb(16 24 40/.05),0 16px 40px -16px rgb(16 24 40/.18)}
@media (prefers-color-scheme:dark){:root{--page:#0e1116;--card:#171b22;--ink:#eceff4;--soft:#a8b2c1;--line:#2d3440;
--field:#1d222b;--accent:#9bbcff;--accent-ink:#0c1a38;--accent-soft:#1b2740;--good:#7fd6aa;--good-soft:#12291f;--warn:#f3c27a;
--warn-soft:#2c2211;--bad:#ff9d9d;--bad-soft:#331a1b;--shadow:0 1px 2px rgb(0 0 0/.4),0 20px 48px -20px rgb(0 0 0/.7)}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;justify-content:center;
gap:1.25rem;padding:clamp(.75rem,3vw,2.5rem);background:var(--page);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{width:100%;max-width:37rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;
padding:clamp(1.25rem,5vw,2.5rem);box-shadow:var(--shadow)}
h1{margin:0;font-size:clamp(1.4rem,1.1rem + 1.6vw,1.8rem);line-height:1.25;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2,legend{margin:0;padding:0;font-size:.9375rem;line-height:1.4;font-weight:650}
p{margin:0}
h1,p,dd,li,.name,.place{overflow-wrap:anywhere}
.lead{margin-top:.6rem;color:var(--soft);text-wrap:pretty}
.link{display:flex;align-items:center;gap:.75rem;margin-bottom:1.5rem}
.tile{display:grid;place-items:center;width:3rem;height:3rem;border-radius:.875rem;font-weight:650;font-size:1.25rem;
background:var(--field);border:1px solid var(--line);color:var(--soft)}
.tile.own{background:var(--accent);border-color:transparent;color:var(--accent-ink)}
.tile svg{width:1.5rem;height:1.5rem}
.wire{flex:0 0 1.75rem;border-top:2px dotted var(--soft);opacity:.55}
.facts{margin:1.75rem 0 0;border:1px solid var(--line);border-radius:.875rem;background:var(--field)}
.facts>div{padding:.9rem 1.1rem}
.facts>div+div{border-top:1px solid var(--line)}
dt{font-size:.8125rem;color:var(--soft)}
dd{margin:.15rem 0 0}
.head{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .6rem}
.name,.place{font-weight:650}
.badge{display:inline-flex;align-items:center;gap:.35rem;padding:.1rem .6rem;border-radius:1rem;font-size:.8125rem;font-weight:600}
.badge svg{width:.875rem;height:.875rem}
.badge{background:var(--card);color:var(--soft);box-shadow:inset 0 0 0 1px var(--line)}
.good,.warn{box-shadow:none}
.tile.warn{border-color:transparent}
.good{background:var(--good-soft);color:var(--good)}
.warn{background:var(--warn-soft);color:var(--warn)}
.detail{margin-top:.2rem;font-size:.9375rem;color:var(--soft)}
.note{display:flex;gap:.6rem;margin-top:.7rem;padding:.65rem .8rem;border-radius:.625rem;font-size:.9375rem;line-height:1.45}
.note svg{flex:none;width:1.125rem;height:1.125rem;margin-top:.1rem}
.bad{background:var(--bad-soft);color:var(--bad)}
fieldset,.scopes{margin:1.75rem 0 0;padding:0;border:0;min-width:0}
.option{display:grid;grid-template-columns:auto 1fr;gap:0 .85rem;align-items:start;min-height:3rem;margin-top:.7rem;padding:.9rem 1.1rem;
border:1px solid var(--line);border-radius:.875rem;cursor:pointer}
.option:hover{border-color:var(--soft)}
.option:has(:checked){border-color:var(--accent);background:var(--accent-soft);box-shadow:inset 0 0 0 1px var(--accent)}
.option input{width:1.25rem;height:1.25rem;margin:.15rem 0 0;accent-color:var(--accent)}
.option .name{display:block}
.option .detail{display:block;margin-top:.1rem}
.option:has(:focus-visible){outline:3px solid var(--accent);outline-offset:3px}
.option input:focus-visible{outline:none}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:.9rem 1.5rem;margin:1rem 0 0;padding:0;list-style:none}
.groups h3{margin:0;font-size:.8125rem;font-weight:650;color:var(--soft)}
.groups label{display:flex;align-items:center;gap:.55rem;min-height:2rem;font-weight:650;cursor:pointer}
.groups input{width:1.125rem;height:1.125rem;margin:0;accent-color:var(--accent)}
.groups input:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.groups .badge{padding:0 .45rem;font-size:.75rem}
.groups li:has(>label>input:not(:checked)) ul{color:var(--soft);text-decoration:line-through}
.groups ul{margin:.2rem 0 0;padding:0;list-style:none}
.groups ul li{position:relative;padding:.1rem 0 .1rem 1.15rem;font-size:.9375rem}
.groups ul li::before{content:"";position:absolute;left:.15rem;top:.7em;width:.4rem;height:.4rem;border-radius:50%;background:var(--accent);opacity:.75}
form:has([value=read]:checked) .groups .changes{color:var(--soft);text-decoration:line-through}
.groups .changes::before{border-radius:.1rem;background:var(--warn)}
details{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:.35rem}
summary{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;cursor:pointer;color:var(--soft);font-size:.9375rem;list-style:none;border-radius:.5rem}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.45rem;height:.45rem;margin-left:.2rem;border:solid currentColor;border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open] summary::before{transform:rotate(45deg)}
.names{display:flex;flex-wrap:wrap;gap:.4rem;margin:.6rem 0 .25rem;padding:0;list-style:none}
form:has([value=read]:checked) .names .changes,
form:has(.groups .g0 input:not(:checked)) .names .g0,form:has(.groups .g1 input:not(:checked)) .names .g1,
form:has(.groups .g2 input:not(:checked)) .names .g2,form:has(.groups .g3 input:not(:checked)) .names .g3{display:none}
.names li{padding:.1rem .5rem;border-radius:.4rem;background:var(--field);border:1px solid var(--line);
font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.75rem}
button{flex:1 1 9rem;min-height:3rem;padding:.65rem 1.25rem;border-radius:.75rem;border:1px solid var(--line);background:transparent;
color:inherit;font:inherit;font-weight:600;cursor:pointer}
button.danger{color:var(--bad)}
.cards{margin:1.75rem 0 0;padding:0;list-style:none;display:grid;gap:1rem}
.cards>li{padding:1.1rem;border:1px solid var(--line);border-radius:.875rem;background:var(--field)}
.cards h2{font-size:1.0625rem;overflow-wrap:anywhere}
.cards .actions{margin-top:1rem}
.cards .names{margin-top:.75rem}
.cards .names li{background:var(--card)}
.names .gone{color:var(--warn);border-style:dashed}
.does{margin:.6rem 0 0;padding:0 0 0 1.15rem;font-size:.9375rem}
.actions form{display:flex;flex:1 1 9rem}
section{margin-top:1.75rem}
section .facts{margin-top:.7rem}
button:hover{border-color:var(--soft)}
button.main{flex-grow:2;border-color:transparent;background:var(--accent);color:var(--accent-ink)}
button.main:hover{filter:brightness(1.08)}
button.main:active{filter:brightness(.95)}
button:focus-visible,summary:focus-visible,h1:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.foot{margin-top:1.25rem;font-size:.875rem;color:var(--soft);text-wrap:pretty}
.next{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line);font-weight:600}
footer{font-size:.8125rem;color:var(--soft)}
@media (max-width:30rem){body{justify-content:flex-start}
main>form>.actions{position:sticky;bottom:0;gap:.5rem;margin:1.25rem calc(-1*clamp(1.25rem,5vw,2.5rem)) 0;padding:.75rem clamp(1.25rem,5vw,2.5rem);
background:var(--card);border-top:1px solid var(--line)}main>form>.actions button{flex-basis:5.5rem;padding:.65rem .5rem}}
@media (prefers-contrast:more){:root{--line:currentColor;--soft:var(--ink)}}
@media (forced-colors:active){.option:has(:checked){outline:3px solid Highlight}.tile,.badge,.note{border:1px solid}}
@media (prefers-reduced-motion:no-preference){.option,button{transition:border-color .12s,background-color .12s}}
`
