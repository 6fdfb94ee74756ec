// Signing in as the people of the demo company.

/**
 * The access token of a demo person; it lives for 15 minutes.
 * @param {string} url of the server
 * @param {'owner' | 'manager' | 'dispatcher' | 'csr' | 'rep' | 'tech' | 'viewer'} person
 * @returns {Promise<string>}
 */
export async function signIn(url, person) {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${person}@demo.callboard.test`, password: 'callboard' }),
  })
  if (!response.ok) throw new Error(`Sign-in as ${person} was answered with ${response.status}.`)
  return (await response.json()).token
}
