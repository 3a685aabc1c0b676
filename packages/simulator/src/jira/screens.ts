import {
  addFieldToDefaultScreen,
  addScreenTab,
  addScreenTabField,
  createScreen,
  deleteScreen,
  deleteScreenTab,
  getAllScreenTabFields,
  getAllScreenTabs,
  getAvailableScreenFields,
  getScreens,
  getScreensForField,
  moveScreenTabField,
  removeScreenTabField,
  renameScreenTab,
  updateScreen,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { defaultScreenId } from '../seeds/site-basics.ts'
import { nextId } from '../world/ids.ts'
import type { IssueScreen, ScreenTab } from '../world/jira/site-model.ts'
import { bodyOf } from './body.ts'
import { fieldsOf } from './fields/table.ts'
import { pageBean, windowOf } from './page.ts'
import { freeName } from './ranked.ts'
import { administer } from './rights.ts'

const screenView = ({ id, name, description }: IssueScreen): Record<string, unknown> => ({
  id: Number(id),
  name,
  description,
})

const tabView = ({ id, name }: ScreenTab): Record<string, unknown> => ({ id: Number(id), name })

function fieldView({ site }: Call, id: string): Record<string, unknown> {
  return { id, name: fieldsOf(site).get(id)?.name ?? id }
}

function screenOf(call: Call): IssueScreen {
  administer(call)
  const id = call.path['screenId'] ?? ''
  const found = call.site.jira.screens.get(id)
  return found ?? refuse(jiraError(404, [`The screen with id ${id} was not found.`]))
}

function tabOf(call: Call): { readonly screen: IssueScreen; readonly tab: ScreenTab } {
  const screen = screenOf(call)
  const tab = screen.tabs.find(({ id }) => id === call.path['tabId'])
  return tab ? { screen, tab } : refuse(jiraError(404, ['The tab was not found.']))
}

/** A field that forms can have, and that is not on this one yet. */
function addable(call: Call, screen: IssueScreen, id: string): string {
  const field = fieldsOf(call.site).get(id)
  if (!field?.edit) return refuse(jiraError(400, [`The field '${id}' cannot be put on a screen.`]))
  if (screen.tabs.some(({ fieldIds }) => fieldIds.includes(id))) {
    return refuse(jiraError(400, [`The field with id ${id} already exists on the screen.`]))
  }
  return id
}

function move(call: Call): Reply {
  const { tab } = tabOf(call)
  const id = call.path['id'] ?? ''
  const here = tab.fieldIds.indexOf(id)
  if (here < 0) return jiraError(404, [`The field '${id}' is not on the tab.`])
  const { after, position } = bodyOf(call)
  const others = tab.fieldIds.filter((one) => one !== id)
  const previous = others.indexOf(asText(after)?.split('/').at(-1) ?? '')
  const places: Readonly<Record<string, number>> = {
    First: 0,
    Last: others.length,
    Earlier: Math.max(0, here - 1),
    Later: Math.min(others.length, here + 1),
  }
  const place = previous >= 0 ? previous + 1 : places[String(position)]
  if (place === undefined) return jiraError(400, ['Either after or a position has to be given.'])
  tab.fieldIds.splice(here, 1)
  tab.fieldIds.splice(place, 0, id)
  return empty()
}

const isOnIt =
  (fieldId: string) =>
  ({ tabs }: IssueScreen): boolean =>
    tabs.some(({ fieldIds }) => fieldIds.includes(fieldId))

export const screenHandlers: readonly Served[] = [
  serve(getScreens, ['startAt', 'maxResults', 'id', 'queryString', 'scope', 'orderBy'], (call) => {
    administer(call)
    const ids = call.query.list('id')
    const words = call.query.text('queryString')?.toLowerCase() ?? ''
    const found = [...call.site.jira.screens.values()].filter(
      ({ id, name }) => (ids.length === 0 || ids.includes(id)) && name.toLowerCase().includes(words),
    )
    const path = '/rest/api/3/screens'
    return ok(pageBean(call, found, { path, window: windowOf(call, 100), view: screenView }))
  }),
  serve(createScreen, [], (call) => {
    administer(call)
    const { screens } = call.site.jira
    const body = bodyOf(call)
    const screen: IssueScreen = {
      name: freeName(screens.values(), body),
      description: asText(body['description']) ?? '',
      tabs: [{ id: nextId(call.world, 'part', call.site.cloudId), name: 'Field Tab', fieldIds: [] }],
      id: nextId(call.world, 'part', call.site.cloudId),
    }
    screens.set(screen.id, screen)
    return json(201, screenView(screen))
  }),
  serve(updateScreen, [], (call) => {
    const screen = screenOf(call)
    const body = bodyOf(call)
    screen.name = freeName(call.site.jira.screens.values(), body, screen)
    screen.description = asText(body['description']) ?? screen.description
    return ok(screenView(screen))
  }),
  serve(deleteScreen, [], (call) => {
    const { id } = screenOf(call)
    if (id === defaultScreenId) return jiraError(400, ['The default screen cannot be deleted.'])
    call.site.jira.screens.delete(id)
    return empty()
  }),
  serve(getAllScreenTabs, ['projectKey'], (call) => ok(screenOf(call).tabs.map(tabView))),
  serve(addScreenTab, [], (call) => {
    const screen = screenOf(call)
    const name = freeName(screen.tabs, bodyOf(call))
    const tab: ScreenTab = { id: nextId(call.world, 'part', call.site.cloudId), name, fieldIds: [] }
    screen.tabs.push(tab)
    return ok(tabView(tab))
  }),
  serve(renameScreenTab, [], (call) => {
    const { screen, tab } = tabOf(call)
    tab.name = freeName(screen.tabs, bodyOf(call), tab)
    return ok(tabView(tab))
  }),
  serve(deleteScreenTab, [], (call) => {
    const { screen, tab } = tabOf(call)
    screen.tabs.splice(screen.tabs.indexOf(tab), 1)
    return empty()
  }),
  serve(getAllScreenTabFields, ['projectKey'], (call) =>
    ok(tabOf(call).tab.fieldIds.map((id) => fieldView(call, id))),
  ),
  serve(addScreenTabField, ['skipFieldAssociation'], (call) => {
    const { screen, tab } = tabOf(call)
    const id = addable(call, screen, asText(bodyOf(call)['fieldId']) ?? '')
    tab.fieldIds.push(id)
    return ok(fieldView(call, id))
  }),
  serve(removeScreenTabField, [], (call) => {
    const { tab } = tabOf(call)
    const place = tab.fieldIds.indexOf(call.path['id'] ?? '')
    if (place < 0) return jiraError(404, ['The field is not on the tab.'])
    tab.fieldIds.splice(place, 1)
    return empty()
  }),
  serve(moveScreenTabField, [], move),
  serve(addFieldToDefaultScreen, [], (call) => {
    administer(call)
    const screen = call.site.jira.screens.get(defaultScreenId)
    const tab = screen?.tabs[0]
    if (!screen || !tab) return jiraError(404, ['The default screen has no tab.'])
    tab.fieldIds.push(addable(call, screen, call.path['fieldId'] ?? ''))
    return { status: 200 }
  }),
  serve(getAvailableScreenFields, [], (call) => {
    const screen = screenOf(call)
    const free = [...fieldsOf(call.site).values()].filter(({ id, edit }) => edit && !isOnIt(id)(screen))
    return ok(free.map(({ id, name }) => ({ id, name })))
  }),
  serve(getScreensForField, ['startAt', 'maxResults', 'expand'], (call) => {
    administer(call)
    const fieldId = call.path['fieldId'] ?? ''
    const withTab = call.query.list('expand').includes('tab')
    const found = [...call.site.jira.screens.values()].filter(isOnIt(fieldId))
    const path = `/rest/api/3/field/${fieldId}/screens`
    const view = (screen: IssueScreen): unknown => {
      const tab = screen.tabs.find(({ fieldIds }) => fieldIds.includes(fieldId))
      return { ...screenView(screen), ...(withTab && tab && { tab: tabView(tab) }) }
    }
    return ok(pageBean(call, found, { path, window: windowOf(call, 100), view }))
  }),
]
