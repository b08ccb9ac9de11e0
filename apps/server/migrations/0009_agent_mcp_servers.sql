-- Why: an agent can be given MCP servers of its own, instead of those of its machine.
-- breaking: no

-- Null in both is "those of the machine", no names is "none". The servers are sealed as a whole with
-- the instance key, because addresses and arguments can be secrets as well.
alter table agents add column mcp_server_names text[];
alter table agents add column mcp_servers_encrypted bytea;
alter table agents add constraint agents_mcp_servers
  check ((mcp_server_names is null) = (mcp_servers_encrypted is null));
