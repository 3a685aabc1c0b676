import { displayText } from '../display-text.ts'
import type { GrantSummary } from '../grants/grants.ts'
import type { AccountDetails, ReachedChoice } from '../options.ts'
import type { Timestamp } from '../records.ts'
import type { ScopeAlgebra } from '../scopes.ts'
import { clientName } from './consent.ts'
import { markup, type Html } from './html.ts'
import { icons } from './layout.ts'
import { fill, type PageTexts } from './texts.ts'

/** What happened a moment ago. */
export type AccountNews = 'ended' | 'all_ended' | 'connected'

interface Common {
  readonly texts: PageTexts
  readonly product: string
  readonly provider: string
  readonly action: string
  readonly csrf: string
}

/** What the account page shows. */
export interface AccountFacts extends Common {
  /** Untrusted text. */
  readonly person: string
  readonly grants: readonly GrantSummary[]
  readonly scopes: ScopeAlgebra
  readonly details: AccountDetails
  readonly now: Timestamp
  readonly news?: AccountNews
}

interface Content {
  readonly title: string
  readonly body: Html
}

const mark = markup`<div class="link" aria-hidden="true"><span class="tile own">${icons.mark}</span></div>`

/** The page on which a person signs in to see their connections. */
export function accountSignInPage({ texts, product, provider, action, csrf }: Common): Content {
  const words = { product, provider }
  return {
    title: texts.accountTitle,
    body: markup`${mark}
<h1>${texts.accountTitle}</h1>
<p class="lead">${fill(texts.accountSignInIntro, words)}</p>
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
<div class="actions"><button type="submit" name="do" value="sign_in" class="main">${fill(texts.accountSignIn, words)}</button></div>
</form>`,
  }
}

/** The page on which a person sees their connections, and ends them. */
export function accountPage(facts: AccountFacts): Content {
  const { texts, grants, news } = facts
  const words = { person: displayText(facts.person, 80), provider: facts.provider, product: facts.product }
  const told = {
    ended: texts.accountEnded,
    all_ended: texts.accountAllEnded,
    connected: texts.accountConnected,
  }
  return {
    title: texts.accountTitle,
    body: markup`${mark}
<h1>${texts.accountTitle}</h1>
<p class="lead">${fill(grants.length === 0 ? texts.accountEmpty : texts.accountIntro, words)}</p>
${news !== undefined && markup`<p class="note good" role="status">${icons.check}<span>${told[news]}</span></p>`}
${grants.length > 0 && markup`<ul class="cards">${grants.map((grant) => card(grant, facts))}</ul>`}
${budgets(facts)}
<div class="actions">
${grants.length > 1 && form(facts, { does: 'end_all', label: texts.accountEndAll, tone: 'danger' })}
${form(facts, { does: 'sign_out', label: texts.accountSignOut })}
</div>`,
  }
}

function card(grant: GrantSummary, facts: AccountFacts): Html {
  const { texts, scopes, now, provider } = facts
  const client = clientName(grant.clientName)
  const words = { client, provider }
  const granted = scopes.all.filter(({ name, tier }) => tier !== 'session' && grant.scopes.includes(name))
  const choices = facts.details.choices?.get(grant.grantId)
  const lost = choices !== undefined && (choices.length === 0 || choices.some(({ reached }) => !reached))
  const id = `grant-${grant.grantId}`
  return markup`<li aria-labelledby="${id}">
<span class="head"><h2 id="${id}">${client}</h2>${!scopes.writes(grant.scopes) && markup`<span class="badge">${texts.readOnly}</span>`}</span>
<p class="detail">${ago(texts.accountLastUsed, grant.lastUsedAt, { texts, now })} · ${ago(texts.accountSince, grant.createdAt, { texts, now })}</p>
<ul class="does">${granted.map(({ label }) => markup`<li>${label}</li>`)}</ul>
${choices && sites(choices, texts)}
${lost && markup`<p class="note warn">${icons.caution}<span>${fill(texts.accountLost, words)}</span></p>`}
<div class="actions">
${lost && form(facts, { does: 'reconnect', grant, label: fill(texts.accountReconnect, words), about: fill(texts.accountReconnectOf, words), tone: 'main' })}
${form(facts, { does: 'end', grant, label: texts.accountEnd, about: fill(texts.accountEndOf, words) })}
</div>
</li>`
}

const sites = (choices: readonly ReachedChoice[], texts: PageTexts): Html =>
  markup`<ul class="names">${choices.map(
    ({ label, reached }) =>
      markup`<li${!reached && markup` class="gone"`}>${displayText(label, 80)}${!reached && markup` <span class="detail">${texts.accountUnreached}</span>`}</li>`,
  )}</ul>`

function budgets({ texts, details }: AccountFacts): Html | undefined {
  const { budgets: lines = [] } = details
  if (lines.length === 0) return undefined
  return markup`<section><h2>${texts.accountBudgets}</h2><dl class="facts">${lines.map(
    ({ label, value }) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`
}

/** A form with one button, since without scripts each thing to do is a form of its own. */
function form(
  { action, csrf }: Common,
  {
    does,
    label,
    about,
    grant,
    tone,
  }: {
    readonly does: string
    readonly label: string
    /** For those who hear the button without what stands around it. Begins with the label. */
    readonly about?: string
    readonly grant?: GrantSummary
    readonly tone?: 'main' | 'danger'
  },
): Html {
  return markup`<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
${grant && markup`<input type="hidden" name="grant" value="${grant.grantId}">`}
<button type="submit" name="do" value="${does}"${tone && markup` class="${tone}"`}${about !== undefined && markup` aria-label="${about}"`}>${label}</button>
</form>`
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** A moment as the page's language says it: `2 hours ago`. The exact one is in the markup. */
function ago(
  template: string,
  at: Timestamp,
  { texts, now }: { readonly texts: PageTexts; readonly now: Timestamp },
): Html {
  const [unit, size] = units.find(([, each]) => now - at >= each) ?? units[2]
  const words = new Intl.RelativeTimeFormat(texts.language, { numeric: 'auto' })
  const when = words.format(-Math.floor((now - at) / size), unit)
  const [before = '', after = ''] = template.split('{when}')
  return markup`${before}<time datetime="${new Date(at).toISOString()}">${when}</time>${after}`
}
