/** How a job of any continuous integration tells of a pull request; the address is its own to fill in. */
export const recordCommand =
  'headcount pull-request record --url "$PULL_REQUEST_URL" --state merged';
