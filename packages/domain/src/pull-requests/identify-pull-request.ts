/** Where a pull request is found. */
export type PullRequestPlace = {
  readonly url: string;
  readonly repository: string;
  readonly number: number;
  /** Its host and its id there, which stays whatever becomes of the address; null where not told. */
  readonly hostId: string | null;
};

export type KnownPullRequest = PullRequestPlace & {
  /** Of when the newest that is known of it is; null where its teller could not say. */
  readonly toldAt: Date | null;
};

/** Which of the known ones is told of, and what that means for the others. */
export type Identified<Known extends KnownPullRequest> = {
  /** Null where it was not known. */
  readonly own: Known | null;
  /** Another record of the same one, made by its new address before its host has told of that. */
  readonly double: Known | null;
  /** A different one that was found at this address before. */
  readonly former: Known | null;
  /** Where it is found from now on. */
  readonly place: PullRequestPlace;
};

/**
 * Recognises a pull request by its id at its host first, then by its address. The address follows
 * what was told last; an address that a host has given to another one belongs to whichever was told
 * of there last.
 *
 * @param known those that have this id or this address, at most one each
 */
export function identifyPullRequest<Known extends KnownPullRequest>(
  known: readonly Known[],
  { place, toldAt }: { readonly place: PullRequestPlace; readonly toldAt: Date | null },
): Identified<Known> {
  const byId = known.find(({ hostId }) => hostId !== null && hostId === place.hostId) ?? null;
  const byAddress = known.find(({ url }) => isSameAddress(url, place.url)) ?? null;
  const isSameThing = byAddress?.hostId === null || place.hostId === null;
  const own = byId ?? (isSameThing ? byAddress : null);
  const alone = { own, double: null, former: null };
  if (own !== null && (place.hostId === null || isOlder(toldAt, own.toldAt)))
    return { ...alone, place: { ...placeOf(own), hostId: own.hostId ?? place.hostId } };
  const other = byAddress === own ? null : byAddress;
  if (other === null) return { ...alone, place };
  if (other.hostId === null) return { ...alone, double: other, place };
  if (isOlder(toldAt, other.toldAt)) return { ...alone, place: withoutAddress(place) };
  return { ...alone, former: other, place };
}

/**
 * What is left of a place whose address has become another one's: where it was, told apart by a
 * fragment, which no address that is told has.
 */
export function withoutAddress({
  url,
  repository,
  number,
  hostId,
}: PullRequestPlace): PullRequestPlace {
  return { url: `${url}#${hostId}`, repository, number, hostId };
}

/** Whether it is found where it was; hosts take owners and repositories in any case, but show one. */
export function isSamePlace(left: PullRequestPlace, right: PullRequestPlace): boolean {
  return (
    left.url === right.url && left.repository === right.repository && left.number === right.number
  );
}

const isSameAddress = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase();

const isOlder = (told: Date | null, known: Date | null): boolean =>
  told !== null && known !== null && told < known;

const placeOf = ({ url, repository, number, hostId }: PullRequestPlace): PullRequestPlace => ({
  url,
  repository,
  number,
  hostId,
});
