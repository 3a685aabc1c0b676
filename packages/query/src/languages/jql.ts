import type { Grammar } from './language.ts'
import { words } from './language.ts'

/**
 * JQL.
 *
 * @see https://support.atlassian.com/jira-software-cloud/docs/jql-keywords/ for the keywords
 * @see https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/ for the reserved
 *   words; which of them the parser really refuses was measured with `@atlaskit/jql-ast` 4.0
 */
export const jqlGrammar: Grammar = {
  language: 'jql',
  label: 'JQL',
  keywords: words(`
    and or not in is was changed before after on during by from to empty null order asc desc`),
  reserved: words(`
    abort access add after alias alter and any as asc audit avg before begin between boolean break by byte catch cf
    changed char character check checkpoint collate collation column commit connect continue count create current date
    decimal declare decrement default defaults define delete delimiter desc difference distinct divide do double drop
    during else empty encoding end equals escape exclusive exec execute exists explain false fetch field file first
    float for from function go goto grant greater group having identified if immediate in increment index initial inner
    inout input insert int integer intersect intersection into is isempty isnull join last left less like limit lock
    long max min minus mode modify modulo more multiply next noaudit not notin nowait null number object of on option
    or order outer output power previous prior privileges public raise raw remainder rename resource return returns
    revoke right row rowid rownum rows select session set share size sqrt start strict string subtract sum synonym
    table then to trans transaction trigger true uid union unique update user validate values view was when whenever
    where while with`),
  extended: true,
  nothing: 'project IS EMPTY',
}

/** Words that the documentation reserves and the parser lets pass: quoted when printed, accepted when read. */
export const doubtful = words('all an are at be it no such that the their there these they this will')

/** The words that stand for themselves only in quotes, in the order of the alphabet. */
export const jqlReservedWords: readonly string[] = [...jqlGrammar.reserved]
