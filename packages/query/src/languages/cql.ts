import type { Grammar } from './language.ts'
import { words } from './language.ts'

/**
 * CQL. Its own list of reserved words is short; that it is also complete is inferred.
 *
 * @see https://developer.atlassian.com/cloud/confluence/advanced-searching-using-cql/
 */
export const cqlGrammar: Grammar = {
  language: 'cql',
  label: 'CQL',
  keywords: words('and or not in order by asc desc'),
  reserved: words(`
    after and as asc avg before begin by commit contains count desc distinct else empty end explain from having if in
    inner insert into is isnull left like limit max min not null or order outer right select sum then was when where
    update`),
  extended: false,
  nothing: 'id = 0',
}
