/** The JSON text of a request that goes on from an answer, where it does from one. */
export function goingOn(body: string, previousId: string | undefined): string {
  if (previousId === undefined) return body
  return `{"previous_response_id":${JSON.stringify(previousId)},${body.slice(1)}`
}
