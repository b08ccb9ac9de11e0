-- Why: a pull request keeps its id at its host when its repository is renamed or moved, its address does not.
-- breaking: no

-- Name of the host and the id there, as `github.com:279147437`; null while its host has not told of it.
alter table pull_requests add column host_id text;
create unique index pull_requests_host_id on pull_requests (workspace_id, host_id)
  where host_id is not null;
