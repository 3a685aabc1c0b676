import type { Format } from 'ajv'

const isInt32 = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 2 ** 31

const isAddress = (text: string): boolean => URL.canParse(text)

/** Jira writes offsets without a colon (recorded), Confluence writes `Z`; service desks leave out what they like. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/

/** The formats that the documents use. */
export const formats: Readonly<Record<string, Format>> = {
  int32: { type: 'number', validate: isInt32 },
  int64: { type: 'number', validate: Number.isSafeInteger },
  float: { type: 'number', validate: Number.isFinite },
  double: { type: 'number', validate: Number.isFinite },
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': dateTime,
  uri: isAddress,
  url: isAddress,
  URL: isAddress,
  byte: /^[\w+/]*={0,2}$/,
  binary: true,
  string: true,
}
