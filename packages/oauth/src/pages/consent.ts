import { placeOf } from '../clients/redirect-uri.ts'
import { displayText } from '../display-text.ts'
import type { AuthorizationRequest, Timestamp } from '../records.ts'
import type { Scope } from '../scopes.ts'
import { html, type Html } from './html.ts'
import { icons, initial } from './layout.ts'
import { fill, type PageTexts } from './texts.ts'

/** What the consent page shows. */
export interface ConsentFacts {
  readonly texts: PageTexts
  readonly product: string
  readonly provider: string
  readonly request: AuthorizationRequest
  /** The permissions among the scopes that were asked for, with their words. */
  readonly permissions: readonly Scope[]
  /** Names that the sign-in will ask for upstream, for all permissions together. */
  readonly upstream: readonly string[]
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
  const { texts, product, provider, request, upstream } = facts
  const name = clientName(request.client.name)
  const words = { client: name, product, provider }
  const title = fill(texts.consentTitle, words)
  return {
    title,
    body: html`<div class="link" aria-hidden="true">
        <span class="tile">${initial(name)}</span><span class="wire"></span
        ><span class="tile own">${icons.mark}</span><span class="wire"></span
        ><span class="tile">${initial(provider)}</span>
      </div>
      <h1>${title}</h1>
      <p class="lead">${fill(texts.consentIntro, words)}</p>
      <dl class="facts">${whoAsks(facts, name)} ${whereTo(facts)}</dl>
      <form method="post" action="${facts.action}">
        <input type="hidden" name="tx" value="${facts.tx}" />
        <input type="hidden" name="csrf" value="${facts.csrf}" />
        ${whatFor(facts)}
        ${
          upstream.length > 0 &&
          html`<details>
            <summary>${fill(texts.upstreamSummary, words)}</summary>
            <p class="detail">${fill(texts.upstreamDetail, words)}</p>
            <ul class="names">
              ${upstream.map((entry) => html`<li>${displayText(entry, 120)}</li>`)}
            </ul>
          </details>`
        }
        <div class="actions">
          <button type="submit" name="decision" value="deny">${texts.deny}</button>
          <button type="submit" name="decision" value="approve" class="main">
            ${fill(texts.approve, words)}
          </button>
        </div>
      </form>
      <p class="foot">${fill(texts.consentFooter, words)}</p>`,
  }
}

function whoAsks({ texts, request, now }: ConsentFacts, name: string): Html {
  const { origin } = request.client
  const known = origin.kind === 'configured' || (origin.kind === 'document' && origin.known)
  return html`<div>
    <dt>${texts.whoAsks}</dt>
    <dd>
      <span class="head"
        ><span class="name">${name}</span>${badge(known || origin.kind === 'document', labelOf())}</span
      >
      <p class="detail">${detailOf()}</p>
    </dd>
  </div>`

  function labelOf(): string {
    if (origin.kind === 'configured') return texts.configured
    if (origin.kind === 'registered') return texts.unverified
    return `${origin.known ? texts.known : texts.verified}: ${origin.host}`
  }
  function detailOf(): string {
    if (origin.kind === 'configured') return texts.configuredDetail
    if (origin.kind === 'document') return fill(texts.verifiedDetail, { host: origin.host })
    const days = Math.floor((now - origin.at) / 86_400_000)
    return days < 1 ? texts.unverifiedToday : fill(texts.unverifiedEarlier, { days: String(days) })
  }
}

const badge = (good: boolean, text: string): Html =>
  html`<span class="badge ${good ? 'good' : 'warn'}">${good ? icons.check : icons.caution}${text}</span>`

function whereTo({ texts, request }: ConsentFacts): Html {
  const place = placeOf(request.redirectUri)
  const bold = html`<strong class="place">${place.kind === 'app' ? `${place.scheme}:` : place.host}</strong>`
  const template = { loopback: texts.toLoopback, site: texts.toSite, app: texts.toApp }[place.kind]
  const [before = '', after = ''] = template.split(/\{host\}|\{scheme\}/)
  return html`<div>
    <dt>${texts.whereTo}</dt>
    <dd>
      ${before}${bold}${after}${
        place.kind === 'loopback' &&
        html`<p class="note warn">${icons.caution}<span>${texts.loopbackWarning}</span></p>`
      }
    </dd>
  </div>`
}

function whatFor({ texts, permissions }: ConsentFacts): Html {
  const reads = permissions.filter(({ tier }) => tier === 'read')
  const writes = permissions.some(({ tier }) => tier === 'write')
  if (!writes)
    return html`<div class="scopes">
      <h2>${texts.whatFor}</h2>
      <p class="detail">${texts.onlyReads}</p>
      ${groups(permissions, texts)}
    </div>`
  return html`<fieldset>
      <legend>${texts.whatFor}</legend>
      ${option({ value: 'write', checked: true, name: texts.readWrite, detail: texts.readWriteDetail })}
      ${reads.length > 0 && option({ value: 'read', checked: false, name: texts.readOnly, detail: texts.readOnlyDetail })}
    </fieldset>
    ${groups(permissions, texts)}`
}

function option({
  value,
  checked,
  name,
  detail,
}: {
  readonly value: string
  readonly checked: boolean
  readonly name: string
  readonly detail: string
}): Html {
  return html`<label class="option"
    ><input type="radio" name="access" value="${value}" required${checked && html` checked`} /><span
      ><span class="name">${name}</span><span class="detail">${detail}</span></span
    ></label
  >`
}

function groups(permissions: readonly Scope[], texts: PageTexts): Html {
  const byGroup = Map.groupBy(permissions, ({ group }) => group ?? texts.otherScopes)
  return html`<ul class="groups">
    ${[...byGroup].map(
      ([group, scopes]) =>
        html`<li>
          <h3>${group}</h3>
          <ul>
            ${scopes.map(
              ({ label, tier }) => html`<li${tier === 'write' && html` class="changes"`}>${label}</li>`,
            )}
          </ul>
        </li>`,
    )}
  </ul>`
}
