-- What arrived: by its words, the bands of its signature, and the words its event is known by. A private desk's is found among its own alone.

CREATE TABLE events (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, private_to text NOT NULL DEFAULT owner_of_session(),
    size integer NOT NULL, dated integer NOT NULL, first text NOT NULL, last text NOT NULL,
    meaning bytea NOT NULL
);
CREATE TABLE event_words (
    word text NOT NULL, event bigint NOT NULL REFERENCES events ON DELETE CASCADE, private_to text NOT NULL DEFAULT owner_of_session(),
    weight double precision NOT NULL,
    PRIMARY KEY (word, event)
);
CREATE INDEX event_words_by_event ON event_words (event);
-- How many articles have a word, and how many events are known by it; of the word '' how many articles there are.
CREATE TABLE word_counts (
    word text NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    articles integer NOT NULL DEFAULT 0, events integer NOT NULL DEFAULT 0,
    PRIMARY KEY (word, private_to)
) WITH (fillfactor = 70);

CREATE TABLE arrivals (
    content text NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    event bigint NOT NULL, original text NOT NULL, likeness real NOT NULL, same boolean NOT NULL,
    said bytea NOT NULL, signature bytea NOT NULL,
    came timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (content, private_to)
);
CREATE INDEX arrivals_by_words ON arrivals (said) WHERE said <> '';
CREATE INDEX arrivals_by_event ON arrivals (event);
CREATE INDEX arrivals_by_time ON arrivals (came);
CREATE TABLE bands (
    band bytea NOT NULL, content text NOT NULL, private_to text NOT NULL DEFAULT owner_of_session(),
    PRIMARY KEY (band, content, private_to)
);
CREATE INDEX bands_by_content ON bands (content);

SELECT guard(one::regclass) FROM unnest(ARRAY['events', 'event_words', 'word_counts', 'arrivals', 'bands']) AS one;
GRANT DELETE ON events, event_words, word_counts, arrivals, bands TO briefing_worker;
REVOKE ALL ON events, event_words, word_counts, arrivals, bands FROM briefing_reader;
