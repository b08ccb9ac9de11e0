import { account } from "@headcount/contract/users/routes";

/** Makes an account in the way of a browser, and a personal token for it. */
export async function signUp(
  url: string,
  route: string,
  body: Readonly<Record<string, string>>,
): Promise<string> {
  const reply = await fetch(`${url}${route}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${route} answered ${reply.status}: ${await reply.text()}`);
  const { csrfToken } = (await reply.json()) as { csrfToken: string };
  const cookie = reply.headers.get("set-cookie")?.split(";")[0] ?? "";
  const minted = await fetch(`${url}${account.createToken.path}`, {
    method: "POST",
    headers: { cookie, "x-csrf-token": csrfToken, "content-type": "application/json" },
    body: JSON.stringify({ name: "test" }),
  });
  const { value } = (await minted.json()) as { value: string };
  return value;
}
