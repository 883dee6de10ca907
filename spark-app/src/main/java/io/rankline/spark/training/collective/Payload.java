package io.rankline.spark.training.collective;

/** What an operation moves: an array of words of four bytes that every rank holds. */
interface Payload {

  /** How many words there are. */
  int words();

  /** Copies words from {@code from} on to a place on the wire, counted in words. */
  void load(int from, Wire wire, int place, int words);

  /** Adds what is on the wire to the words from {@code from} on. */
  void add(int from, Wire wire, int place, int words);

  /** Replaces the words from {@code from} on with what is on the wire, bit for bit. */
  void set(int from, Wire wire, int place, int words);
}
