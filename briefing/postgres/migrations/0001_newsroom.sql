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

-- Whose rows a session of this login is shown. `readers` shows every reader only her own rows, whatever login is named here.
CREATE FUNCTION shown_to(login name) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF pg_has_role(login, 'briefing_worker', 'USAGE') THEN
        RETURN ARRAY['', coalesce((SELECT name FROM briefing.desks WHERE private AND name = briefing.desk_of_session()), '')];
    END IF;
    RETURN ARRAY['', '@' || login] || ARRAY(SELECT desk FROM briefing.readers WHERE role = login);
END $$;

-- Guard a table that has a column private_to. Every table with a word of an article in it is guarded, those of later migrations too.
CREATE FUNCTION guard(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY guard ON %s USING (private_to = ANY ((SELECT briefing.shown_to(current_user))::text[])) '
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

-- The sentences of a desk's articles that share terms with a question, best first (BM25, over all that the login may see). Each of `asked`
-- is one term. It runs as the owner, since row-level security keeps the server from using an index of terms, and applies the same rule
-- itself: to what is counted, too. What is looked at is bounded: a term that a great many sentences have brings none, it only counts for
-- those that a rarer one brings; where there is no rarer one, those are brought that have as many of the terms together as any has.
CREATE FUNCTION found_by_terms(asked tsquery[], of_desk text, first text, last text, most integer)
RETURNS TABLE (content text, number integer, score double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = briefing, public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    many CONSTANT integer := 2500;  -- sentences that are looked at
    sampled CONSTANT integer := 2000;
    shown CONSTANT text[] := shown_to(session_user);
    total double precision := greatest((SELECT reltuples FROM pg_class WHERE oid = 'sentences'::regclass), 1);
    share double precision := least(100, 100 * sampled / total);
    sample tsvector[] := ARRAY(SELECT terms FROM sentences TABLESAMPLE SYSTEM (share) REPEATABLE (7) WHERE private_to = ANY (shown));
    spreads double precision[];
    bringing tsquery[];
BEGIN
    total := greatest(total, cardinality(sample));
    -- How many sentences have a term: by the sample where these are many, counted where they are few.
    SELECT array_agg(term ORDER BY spread, term), array_agg(spread ORDER BY spread, term) INTO asked, spreads FROM (
        SELECT term, CASE
            WHEN seen >= 10 AND seen * total / cardinality(sample) > many THEN seen * total / cardinality(sample)
            ELSE (SELECT count(*) FROM (SELECT FROM sentences WHERE terms @@ term AND private_to = ANY (shown) LIMIT many) AS few)
        END AS spread
        FROM (SELECT term, (SELECT count(*) FROM unnest(sample) AS one WHERE one @@ term) AS seen FROM unnest(asked) AS term) AS counted
    ) AS known
    WHERE spread > 0;
    bringing := ARRAY(
        SELECT term FROM (
            SELECT term, sum(spread) OVER (ORDER BY place) AS brought
            FROM unnest(asked, spreads) WITH ORDINALITY AS one (term, spread, place)
        ) AS summed
        WHERE brought <= many
    );
    FOR together IN REVERSE coalesce(cardinality(asked), 0) .. 1 LOOP
        EXIT WHEN cardinality(bringing) > 0;
        SELECT array_agg(every) INTO bringing FROM (
            SELECT string_agg(term::text, ' & ')::tsquery AS every FROM unnest(asked[:together]) AS term
        ) AS one
        WHERE EXISTS (SELECT FROM sentences WHERE terms @@ every AND private_to = ANY (shown));
    END LOOP;
    RETURN QUERY
    WITH brought AS MATERIALIZED (
        SELECT DISTINCT ON (one.content, one.number) one.content, one.number, one.published, one.terms, cardinality(one.words) AS length
        FROM unnest(bringing) AS term CROSS JOIN LATERAL (
            SELECT content, number, published, terms, words FROM sentences WHERE terms @@ term AND private_to = ANY (shown) LIMIT many
        ) AS one
    ), scored AS MATERIALIZED (
        SELECT content, number, published, (
            SELECT sum(ln(1 + (total - spread + 0.5) / (spread + 0.5)) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / mean)))
            FROM unnest(asked, spreads) AS one (term, spread) WHERE terms @@ term
        ) AS score
        FROM brought CROSS JOIN (SELECT avg(length)::double precision AS mean FROM brought) AS lengths
        ORDER BY score DESC, content, number
    )
    SELECT content, number, score FROM scored
    WHERE EXISTS (
        SELECT FROM briefed
        WHERE briefed.content = scored.content AND desk = of_desk AND coalesce(nullif(published, ''), date) BETWEEN first AND last
    )
    LIMIT most;
END $$;

-- A desk that has brought something stays private, or open: its rows are what they were written as.
CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = briefing, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM briefs WHERE desk = OLD.name) OR EXISTS (SELECT FROM articles WHERE private_to = OLD.name) THEN
        RAISE EXCEPTION USING ERRCODE = 'BR001', MESSAGE = format(
            'desk %s has brought articles as %s desk: it stays one', OLD.name, CASE WHEN OLD.private THEN 'a private' ELSE 'an open' END);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON desks FOR EACH ROW WHEN (OLD.private <> NEW.private) EXECUTE FUNCTION stays();

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
