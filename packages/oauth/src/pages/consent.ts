import { placeOf } from '../clients/redirect-uri.ts'
import { displayText } from '../display-text.ts'
import type { AuthorizationRequest, Timestamp } from '../records.ts'
import type { Scope } from '../scopes.ts'
import { markup, type Html } from './html.ts'
import { icons, parties } from './layout.ts'
import { fill, type PageTexts } from './texts.ts'

/** What the consent page shows. */
export interface ConsentFacts {
  readonly texts: PageTexts
  readonly product: string
  readonly provider: string
  readonly request: AuthorizationRequest
  /** The permissions among the scopes that were asked for, with their words. */
  readonly permissions: readonly Scope[]
  /** The scopes that this browser allowed the client before. */
  readonly before?: readonly string[]
  /** Names that the sign-in asks for upstream, for some permissions. */
  readonly describe: (permissions: readonly string[]) => readonly string[]
  /** Whether the page came back because nothing was left to allow. */
  readonly missing: boolean
  readonly now: Timestamp
  readonly action: string
  readonly tx: string
  readonly csrf: string
}

const nameLength = 80

/** The name of a client as it may be shown. */
export const clientName = (name: string): string => displayText(name, nameLength) || '—'

/** The page on which a person decides, before any sign-in. */
export function consentPage(facts: ConsentFacts): { readonly title: string; readonly body: Html } {
  const { texts, product, provider, request } = facts
  const name = clientName(request.client.name)
  const words = { client: name, product, provider }
  const title = fill(texts.consentTitle, words)
  return {
    title,
    body: markup`${parties(name, provider)}
<h1>${title}</h1>
<p class="lead">${fill(texts.consentIntro, words)}</p>
<dl class="facts">
${whoAsks(facts, name)}
${whereTo(facts)}
</dl>
<form method="post" action="${facts.action}">
<input type="hidden" name="tx" value="${facts.tx}">
<input type="hidden" name="csrf" value="${facts.csrf}">
${whatFor(facts, words)}
${upstreamNames(facts, words)}
<div class="actions">
<button type="submit" name="decision" value="approve" class="main">${fill(texts.approve, words)}</button>
<button type="submit" name="decision" value="deny">${texts.deny}</button>
</div>
</form>
<p class="foot">${fill(texts.consentFooter, words)}</p>`,
  }
}

function whoAsks({ texts, request, now }: ConsentFacts, name: string): Html {
  const { tone, label, detail } = standing(request.client.origin, texts, now)
  return markup`<div><dt>${texts.whoAsks}</dt>
<dd><span class="head"><span class="name">${name}</span><span class="badge ${tone}">${tone === 'good' && icons.check}${tone === 'warn' && icons.caution}${label}</span></span>
<p class="detail">${detail}</p></dd></div>`
}

/** How far we can vouch for a client, in words. */
function standing(
  origin: AuthorizationRequest['client']['origin'],
  texts: PageTexts,
  now: Timestamp,
): { readonly tone: 'good' | 'plain' | 'warn'; readonly label: string; readonly detail: string } {
  if (origin.kind === 'configured')
    return { tone: 'good', label: texts.configured, detail: texts.configuredDetail }
  if (origin.kind === 'document') {
    const { host, known } = origin
    if (known) return { tone: 'good', label: texts.known, detail: fill(texts.knownDetail, { host }) }
    return { tone: 'plain', label: fill(texts.published, { host }), detail: texts.publishedDetail }
  }
  const days = Math.floor((now - origin.at) / 86_400_000)
  const detail = days < 1 ? texts.unverifiedToday : fill(texts.unverifiedEarlier, { days: String(days) })
  return { tone: 'warn', label: texts.unverified, detail }
}

function whereTo({ texts, request }: ConsentFacts): Html {
  const place = placeOf(request.redirectUri)
  const bold = markup`<strong class="place">${place.kind === 'app' ? `${place.scheme}:` : place.host}</strong>`
  const template = { loopback: texts.toLoopback, site: texts.toSite, app: texts.toApp }[place.kind]
  const [before = '', after = ''] = template.split(/\{host\}|\{scheme\}/)
  const warning = markup`<p class="note warn">${icons.caution}<span>${texts.loopbackWarning}</span></p>`
  return markup`<div><dt>${texts.whereTo}</dt>
<dd>${before}${bold}${after}${place.kind === 'loopback' && warning}</dd></div>`
}

function whatFor(facts: ConsentFacts, words: Readonly<Record<string, string>>): Html {
  const { texts, permissions, before } = facts
  const told = before && markup`<p class="detail">${fill(texts.before, words)}</p>`
  if (!permissions.some(({ tier }) => tier === 'write'))
    return markup`<div class="scopes"><h2>${texts.whatFor}</h2><p class="detail">${texts.onlyReads}</p>${told}</div>${products(facts)}`
  const mayRead = permissions.some(({ tier }) => tier === 'read')
  return markup`<fieldset><legend>${texts.whatFor}</legend>${told}
${option('write', texts.readWrite, texts.readWriteDetail)}
${mayRead && option('read', texts.readOnly, texts.readOnlyDetail)}
</fieldset>
${products(facts)}`
}

const option = (value: 'read' | 'write', name: string, detail: string): Html =>
  markup`<label class="option"><input type="radio" name="access" value="${value}" required${value === 'write' && markup` checked`}><span><span class="name">${name}</span><span class="detail">${detail}</span></span></label>`

/** The permissions by product. Where there are several products, each can be left out. */
function products(facts: ConsentFacts): Html {
  const { texts, missing } = facts
  const groups = groupsOf(facts)
  if (groups.length < 2)
    return markup`<ul class="groups">${groups.map(
      ({ title, scopes }) => markup`<li><h3>${title}</h3>${list(scopes, facts)}</li>`,
    )}</ul>`
  const warning = markup`<p class="note bad" role="alert" id="missing">${icons.caution}<span>${texts.productMissing}</span></p>`
  return markup`<input type="hidden" name="grouped" value="1">
${missing && warning}
<fieldset${missing && markup` aria-describedby="missing"`}><legend>${texts.products}</legend>
<ul class="groups">${groups.map(
    ({ title, scopes, value }, index) =>
      markup`<li class="g${index}"><label><input type="checkbox" name="group" value="${value}" checked><span>${title}</span></label>${list(scopes, facts)}</li>`,
  )}</ul></fieldset>`
}

interface Group {
  /** What the form sends: the group's name, which is empty for scopes without one. */
  readonly value: string
  readonly title: string
  readonly scopes: readonly Scope[]
}

const groupsOf = ({ texts, permissions }: ConsentFacts): readonly Group[] =>
  [...Map.groupBy(permissions, ({ group = '' }) => group)].map(([value, scopes]) => ({
    value,
    title: value === '' ? texts.otherScopes : value,
    scopes,
  }))

const list = (scopes: readonly Scope[], { texts, before }: ConsentFacts): Html =>
  markup`<ul>${scopes.map(
    ({ name, label, tier }) =>
      markup`<li${tier === 'write' && markup` class="changes"`}>${label}${before?.includes(name) === false && markup` <span class="badge good">${texts.isNew}</span>`}</li>`,
  )}</ul>`

/**
 * What will be asked for upstream. Each name says in its classes which choice takes it away: that of reading only
 * (`changes`), or that of leaving out the only product that needs it (`g0`, `g1` and so on).
 */
function upstreamNames(facts: ConsentFacts, words: Readonly<Record<string, string>>): Html | undefined {
  const { texts, permissions, describe } = facts
  const names = (scopes: readonly Scope[]): ReadonlySet<string> =>
    new Set(describe(scopes.map(({ name }) => name)))
  const all = names(permissions)
  if (all.size === 0) return undefined
  const always = names([])
  const reading = names(permissions.filter(({ tier }) => tier !== 'write'))
  const byGroup = groupsOf(facts).map(({ scopes }) => names(scopes))
  const classes = (name: string): string => {
    const needed = byGroup.flatMap((some, index) => (some.has(name) ? [`g${index}`] : []))
    const only = byGroup.length > 1 && needed.length === 1 && !always.has(name) ? needed : []
    return [...(reading.has(name) ? [] : ['changes']), ...only].join(' ')
  }
  return markup`<details>
<summary>${fill(texts.upstreamSummary, words)}</summary>
<p class="detail">${fill(texts.upstreamDetail, words)}</p>
<ul class="names">${[...all].map((name) => markup`<li class="${classes(name)}">${displayText(name, 120)}</li>`)}</ul>
</details>`
}
