-- Everything that is kept, for many desks. What a row tells belongs to everybody (private_to ''), to one private desk, or to one reader
-- ('@role'): the database itself says so at the insert, and shows to nobody what is another's (row-level security).

DO $$
BEGIN
    CREATE ROLE briefing_worker NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- roles belong to the whole server: another database has made it
END $$;
DO $$
BEGIN
    CREATE ROLE briefing_reader NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'briefing_worker', 'USAGE') THEN
        EXECUTE format('GRANT briefing_worker TO %I', current_user);
    END IF;
END $$;

CREATE TABLE desks (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9_-]*$'),
    private boolean NOT NULL DEFAULT false
);
-- Which login may read which private desk.
CREATE TABLE readers (
    role name NOT NULL,
    desk text NOT NULL REFERENCES desks ON DELETE CASCADE,
    PRIMARY KEY (role, desk)
);

-- The desk that a session works for, as it says itself; '' for none. A reader's word counts for nothing: see below.
CREATE FUNCTION desk_of_session() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('briefing.desk', true), '')
$$;

-- In whose name the session writes: '' for everybody, a private desk, or '@role' for a reader, who may plant nothing in what others are given.
CREATE FUNCTION owner_of_session() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF pg_has_role(current_user, 'briefing_worker', 'USAGE') THEN
        RETURN coalesce((SELECT name FROM briefing.desks WHERE private AND name = briefing.desk_of_session()), '');
    END IF;
    RETURN '@' || current_user;
END $$;

-- Whose rows the session is shown.
CREATE FUNCTION shown_to_session() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF pg_has_role(current_user, 'briefing_worker', 'USAGE') THEN
        RETURN ARRAY['', briefing.owner_of_session()];
    END IF;
    RETURN ARRAY['', '@' || current_user] || ARRAY(SELECT desk FROM briefing.readers WHERE role = current_user);
END $$;

-- Guard a table that has a column private_to. Every table with a word of an article in it is guarded, those of later migrations too.
CREATE FUNCTION guard(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY guard ON %s USING (private_to = ANY ((SELECT briefing.shown_to_session())::text[])) '
        'WITH CHECK (private_to = (SELECT briefing.owner_of_session()))', guarded);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO briefing_worker', guarded);
    EXECUTE format('GRANT SELECT ON %s TO briefing_reader', guarded);
END $$;

-- Calls: what requests share is written once. The prompts are the program's own, and no article stands in them.
CREATE TABLE prefixes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 text NOT NULL UNIQUE CHECK (sha256 = encode(sha256(convert_to(json, 'UTF8')), 'hex')),
    json text NOT NULL
);
CREATE TABLE calls (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    key text NOT NULL, verb text NOT NULL, task text NOT NULL, model text NOT NULL, model_sha256 text NOT NULL,
    prefix bigint NOT NULL REFERENCES prefixes,
    request text NOT NULL, reply text NOT NULL, finish text NOT NULL, servable boolean NOT NULL,
    prompt_tokens integer NOT NULL, cached_tokens integer NOT NULL, generated_tokens integer NOT NULL, milliseconds integer NOT NULL,
    private_to text NOT NULL DEFAULT owner_of_session()
);
CREATE INDEX calls_by_key ON calls (key) WHERE servable;
CREATE INDEX calls_by_prefix ON calls (prefix);

CREATE TABLE parses (
    key bytea NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(), data bytea NOT NULL, PRIMARY KEY (key, private_to)
);

CREATE TABLE articles (
    content text NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    id text NOT NULL, path text NOT NULL, published text NOT NULL, json text NOT NULL,
    saved timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (content, private_to)
);
CREATE TABLE briefs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    desk text NOT NULL DEFAULT desk_of_session(), private_to text NOT NULL DEFAULT owner_of_session(),
    date text NOT NULL, path text NOT NULL, sha256 text NOT NULL, json text NOT NULL,
    saved timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (desk, date, path)
);
-- Which articles the briefs of a desk were made of.
CREATE TABLE briefed (
    desk text NOT NULL DEFAULT desk_of_session(), private_to text NOT NULL DEFAULT owner_of_session(),
    content text NOT NULL, date text NOT NULL,
    PRIMARY KEY (content, desk, date)
);

-- What can be made again: articles as they were read and the words of their sentences, each by the form of the program that read them.
CREATE TABLE readings (
    key bytea NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(), form integer NOT NULL, data bytea NOT NULL,
    PRIMARY KEY (key, private_to)
);
CREATE TABLE words (LIKE readings INCLUDING ALL);
-- Sentence vectors, by model and SHA-256 of the text.
CREATE TABLE vectors (
    key bytea NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(), model text NOT NULL, said bytea NOT NULL,
    vector public.halfvec(384) NOT NULL,
    PRIMARY KEY (key, private_to)
);
CREATE INDEX vectors_by_text ON vectors (said, model);
CREATE INDEX vectors_by_meaning ON vectors USING hnsw (vector public.halfvec_cosine_ops);

-- The archive: every body sentence of every article that a brief was made of, by its terms; its text is the article's.
CREATE TABLE sentences (
    content text NOT NULL, number integer NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    published text NOT NULL, said bytea NOT NULL, words text[] NOT NULL,
    terms tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(words)) STORED,
    PRIMARY KEY (content, number, private_to)
);
CREATE INDEX sentences_by_terms ON sentences USING gin (terms);
CREATE INDEX sentences_by_text ON sentences (said);

SELECT guard(one::regclass)
FROM unnest(ARRAY['calls', 'parses', 'articles', 'briefs', 'briefed', 'readings', 'words', 'vectors', 'sentences']) AS one;

GRANT USAGE ON SCHEMA briefing TO briefing_worker, briefing_reader;
GRANT SELECT ON migrations TO briefing_worker, briefing_reader;
GRANT SELECT, INSERT, UPDATE ON desks TO briefing_worker;
GRANT SELECT, INSERT ON prefixes TO briefing_worker, briefing_reader;
GRANT INSERT ON calls, parses, readings, words, vectors TO briefing_reader;
GRANT UPDATE ON parses, readings, words, vectors TO briefing_reader;
ALTER TABLE readers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON readers FOR SELECT USING (role = current_user);
GRANT SELECT ON readers TO briefing_reader;
