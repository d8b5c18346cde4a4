-- Whose account was deleted: they wait for nobody.
CREATE INDEX peer_deleted ON peer (account_id, peer_id) WHERE deleted = 1;
