import { displayText } from '../display-text.ts'
import type { Choice, PendingRecord } from '../records.ts'
import { clientName } from './consent.ts'
import { markup, type Html } from './html.ts'
import { icons, parties } from './layout.ts'
import { fill, type PageTexts } from './texts.ts'

/** What the choice page shows. */
export interface ChoiceFacts {
  readonly texts: PageTexts
  readonly provider: string
  readonly client: string
  readonly pending: PendingRecord
  readonly action: string
  readonly csrf: string
  /** Whether the page came back because nothing had been chosen. */
  readonly missing: boolean
}

/** The page on which a person says which of their sites the client may use. */
export function choicePage(facts: ChoiceFacts): { readonly title: string; readonly body: Html } {
  const { texts, pending, csrf, action, missing } = facts
  const words = { client: clientName(facts.client), person: displayText(pending.signedIn.label, 80) }
  const title = fill(texts.choiceTitle, words)
  const warning = markup`<p class="note bad" role="alert" id="missing">${icons.caution}<span>${texts.choiceMissing}</span></p>`
  return {
    title,
    body: markup`${parties(words.client, facts.provider)}
<h1>${title}</h1>
<p class="lead">${fill(texts.choiceIntro, words)}</p>
<form method="post" action="${action}">
<input type="hidden" name="id" value="${pending.id}">
<input type="hidden" name="csrf" value="${csrf}">
${missing && warning}
<fieldset${missing && markup` aria-describedby="missing"`}><legend>${texts.choiceLegend}</legend>
${pending.signedIn.choices.map(box)}
</fieldset>
<div class="actions">
<button type="submit" name="decision" value="approve" class="main">${texts.choose}</button>
<button type="submit" name="decision" value="deny">${texts.deny}</button>
</div>
</form>`,
  }
}

function box({ id, label, detail }: Choice): Html {
  const more = detail !== undefined && markup`<span class="detail">${displayText(detail, 120)}</span>`
  return markup`<label class="option"><input type="checkbox" name="choice" value="${id}"><span><span class="name">${displayText(label, 80)}</span>${more}</span></label>`
}
