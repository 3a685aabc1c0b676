import { documentText, readDocument } from '../../content/document.ts'
import { asText } from '../../http/value.ts'
import { timeOf } from '../view.ts'
import { type CustomTypes, customFieldTypes, type ReadValue } from './custom-type.ts'
import { isDay } from './time-fields.ts'

const words = (value: unknown): ReadValue => {
  const text = asText(value)
  return text === undefined ? 'Operation value must be a string' : { value: text }
}

const readMoment = (value: unknown): ReadValue => {
  const text = asText(value) ?? ''
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(instant)
    ? { value: instant }
    : 'Operation value must be a date-time such as 2026-11-23T09:00:00.000+0000'
}

/** Custom fields that hold words, numbers and moments. */
export const plainTypes = {
  number: {
    schema: { type: 'number' },
    key: 'com.pyxis.greenhopper.jira:jsw-story-points',
    read: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? { value } : 'Operation value must be a number',
    text: String,
  },
  text: { schema: { type: 'string' }, key: 'textfield', clause: 'Short text', read: words, text: String },
  paragraph: {
    schema: { type: 'string' },
    key: 'textarea',
    clause: 'Paragraph',
    read(value) {
      const read = readDocument(value)
      return read.ok ? { value: read.document } : read.error
    },
    text: (value) => {
      const read = readDocument(value)
      return read.ok ? documentText(read.document) : ''
    },
  },
  date: {
    schema: { type: 'date' },
    key: 'datepicker',
    clause: 'Date',
    read: (value) => {
      const text = asText(value)
      return text !== undefined && isDay(text)
        ? { value: text }
        : 'Operation value must be a date in the format yyyy-MM-dd'
    },
    text: String,
  },
  datetime: {
    schema: { type: 'datetime' },
    key: 'datetime',
    clause: 'Time stamp',
    read: readMoment,
    show: (view, value) => timeOf(view, Number(value)),
    text: (value, _field, view) => timeOf(view, Number(value)),
  },
  url: {
    schema: { type: 'string' },
    key: 'url',
    clause: 'URL Field',
    read: (value) => {
      const text = asText(value)
      return text !== undefined && URL.canParse(text) ? { value: text } : 'URL is not valid'
    },
    text: String,
  },
  labels: {
    schema: { type: 'array', items: 'string' },
    key: 'labels',
    clause: 'Labels',
    several: true,
    read: (value) => {
      const label = asText(value)
      if (label === undefined || label === '') return 'Operation value must be a string'
      return /\s/.test(label) ? `The label '${label}' contains spaces which is invalid.` : { value: label }
    },
    text: String,
  },
  rank: { schema: { type: 'any' }, key: 'com.pyxis.greenhopper.jira:gh-lexo-rank', text: String },
  team: {
    schema: { type: 'team', configuration: { [`${customFieldTypes}:atlassian-team`]: true } },
    key: 'atlassian-team',
    clause: 'Team',
    text: String,
  },
} as const satisfies CustomTypes
