import { type HttpRequest, jsonReply, type Reply } from '../wire/index.ts'
import type { ModelList } from './chat/model-list.ts'
import { unknownModel } from './unknown-model.ts'

const DEFAULT_NAMES = ['custom-model']

/** The path of the list, or of one of its models, whose name may hold slashes. */
const PATH = /\/models(?:\/(.+?))?\/?$/

/** Whether a path is one that {@link answerModels} answers. */
export function isModelsPath(pathname: string): boolean {
  return PATH.test(pathname)
}

/** Answers `GET /models` and `GET /models/{id}`; without names, any model is known. */
export function answerModels({ url }: HttpRequest, names: readonly string[] | undefined): Reply {
  const { pathname } = new URL(url, 'http://localhost')
  const id = PATH.exec(pathname)?.[1]
  if (id === undefined) {
    const list: ModelList = { object: 'list', data: (names ?? DEFAULT_NAMES).map(modelOf) }
    return jsonReply(200, list)
  }
  const name = decode(id)
  return !names || names.includes(name) ? jsonReply(200, modelOf(name)) : unknownModel(name, names)
}

function modelOf(id: string): ModelList['data'][number] {
  return { id, object: 'model', created: 1_767_225_600, owned_by: 'soundcheck' }
}

/** A name that is badly encoded is taken as it stands. */
function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
