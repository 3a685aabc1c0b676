import type { Chance } from '../../world/chance.ts'

const of = (text: string): readonly [string, ...string[]] => {
  const [first = '', ...others] = text.trim().split(/\s+/)
  return [first, ...others]
}

const verbs = of(`
  Add Allow Archive Average Batch Cache Check Collect Compare Compress Copy Count Delay Describe Detect Document Export
  Filter Fix Group Hide Import Index Limit List Log Measure Merge Move Name Notify Order Page Parse Print Queue Rename
  Repair Replace Retry Reverse Rotate Sample Save Schedule Search Show Skip Sort Split Store Stream Test Trace Trim
  Update Upload Validate Warn`)
const things = of(`
  account address alarm answer archive attachment avatar backup badge balance batch bill board browser budget button
  cache calendar card cart category change channel chart checkout client clock code column comment contract cookie
  country currency customer dashboard deadline delivery device dialog discount document draft email error event export
  feed field file filter folder font footer form gallery gateway grid group header history image import index inbox
  invoice issue item key keyboard label language layout ledger limit link list location log login mailbox map margin
  menu message meter method metric migration mobile module monitor name network note notice order owner page panel
  parcel partner password payment permission phone picture pipeline plan plugin policy portal preview price printer
  product profile project proxy query queue quota rate receipt record refund region reminder report request response
  result review role route rule sample scanner schedule schema score screen script search section sensor server service
  session setting sheet shipment signal site size slot snapshot socket sprint stage statement status stock storage store
  stream supplier survey table tag task tax team template tenant terminal test theme ticket timer title token tool topic
  total trace traffic transfer trigger tunnel upload user value vendor version video view visit voucher wallet warehouse
  warning webhook widget window worker workflow zone`)
const joints = of(`for with after before without during inside behind below beside across against`)

const thing = (chance: Chance): string => chance.one(things)

/** A short title, such as a summary. */
export function title(chance: Chance): string {
  return `${chance.one(verbs)} the ${thing(chance)} ${thing(chance)} ${chance.one(joints)} ${thing(chance)}`
}

const syllables =
  of(`ba be bi bo da de di do fa fe ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa
  se si so ta te ti to va ve vi vo`)

/** The name of something that few others are called by, as real texts are full of. */
function rareWord(chance: Chance): string {
  return Array.from({ length: 3 }, () => chance.one(syllables)).join('')
}

/** A sentence of about ten words, one of them rare. */
export function sentence(chance: Chance): string {
  return `The ${thing(chance)} of every ${thing(chance)} ${chance.one(joints)} the ${thing(chance)} needs a ${thing(chance)} and ${rareWord(chance)}.`
}

/** Some sentences in one paragraph. */
export function paragraph(chance: Chance): string {
  return Array.from({ length: 2 + chance.below(3) }, () => sentence(chance)).join(' ')
}

/** A label, a component, a name of one word. */
export const word = thing
