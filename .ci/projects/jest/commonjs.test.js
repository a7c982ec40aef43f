const { matchers, mockFetch } = require('llm-soundcheck/mocks')

expect.extend(matchers)

test('the matchers, from CommonJS', () => {
  expect(mockFetch()).toHaveReceivedRequests(0)
})
