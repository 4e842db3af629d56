-- What the workers of a newsroom are about. No reader is shown any of it, and no word of an article is in it but in files.

-- A brief that is to be made, and in which stage it is; ended when nothing more is done for it, with why there is none.
CREATE TABLE runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    desk text NOT NULL, date text NOT NULL,
    stage text NOT NULL CHECK (stage IN ('fetch', 'read', 'brief', 'send', 'index', 'done', 'failed')),
    articles integer NOT NULL DEFAULT 0,
    error text NOT NULL DEFAULT '',
    begun timestamptz NOT NULL DEFAULT clock_timestamp(), ended timestamptz,
    UNIQUE (desk, date)
);
-- The parts of a stage: a feed, some files, the brief, a recipient, the archive. Each is one job.
CREATE TABLE parts (
    run bigint NOT NULL REFERENCES runs ON DELETE CASCADE,
    stage text NOT NULL, name text NOT NULL,
    over timestamptz, error text NOT NULL DEFAULT '',
    PRIMARY KEY (run, stage, name)
);
-- Attempts of jobs that failed: by their own fault, or because a worker, the database or all servers were gone.
CREATE TABLE failures (
    job bigint NOT NULL, attempt integer NOT NULL, own boolean NOT NULL, error text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (job, attempt)
);
-- Who the workers of the queue are.
CREATE TABLE workers (
    id bigint PRIMARY KEY, host text NOT NULL, process integer NOT NULL, version text NOT NULL,
    begun timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- The newest migration of the queue's own tables that was applied.
CREATE TABLE queue_version (migration text PRIMARY KEY);

-- Fetched articles as they lie in a folder, for the machines that did not fetch them.
CREATE TABLE files (
    folder text NOT NULL, name text NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    data bytea NOT NULL, kept timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (folder, name, private_to)
);
SELECT guard('files'::regclass);

GRANT SELECT, INSERT, UPDATE, DELETE ON runs, parts, failures, workers TO briefing_worker;
GRANT SELECT ON queue_version TO briefing_worker;
GRANT DELETE ON files TO briefing_worker;
REVOKE ALL ON files FROM briefing_reader;
