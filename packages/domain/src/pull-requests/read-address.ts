/** Where a pull request is. */
export type PullRequestAddress = {
  /** Without what leads to a part of its page, or says who looks at it. */
  readonly url: string;
  /** Null where the address does not tell. */
  readonly repository: string | null;
  readonly number: number | null;
};

/** How GitHub, Forgejo and Gitea, GitLab, Bitbucket, and Azure name the pages of pull requests. */
const page =
  /^\/(.+?)\/(?:-\/)?(?:pull|pulls|merge_requests|pull-requests|pullrequest)\/([1-9]\d{0,9})(?:\/|$)/;
const mostNumber = 2_147_483_647;

/**
 * What the address of a pull request's page says. One that has another form than those of the known
 * hosts is taken as it is.
 * @returns null for a text that is no address of a page
 */
export function readAddress(text: string): PullRequestAddress | null {
  const parsed = URL.parse(text);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  const { origin, pathname } = parsed;
  const [whole, repository, digits] = page.exec(pathname) ?? [];
  const number = Number(digits);
  if (whole === undefined || repository === undefined || !(number <= mostNumber)) {
    return { url: `${origin}${pathname.replace(/\/+$/, "")}`, repository: null, number: null };
  }
  return { url: `${origin}${whole.replace(/\/$/, "")}`, repository, number };
}
