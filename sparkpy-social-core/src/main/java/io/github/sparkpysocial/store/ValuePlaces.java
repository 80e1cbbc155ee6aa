package io.github.sparkpysocial.store;

/** Where the values of a line are, so that nobody has to look for them again. */
interface ValuePlaces {

  /** Returns whether a column has a value. */
  boolean has(int column);

  /** Returns where the value of a column begins; a text and a time begin with quotes. */
  int from(int column);

  /** Returns the place after the value of a column. */
  int to(int column);
}
