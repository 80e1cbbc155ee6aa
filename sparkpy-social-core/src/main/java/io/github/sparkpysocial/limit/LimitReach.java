package io.github.sparkpysocial.limit;

/** How far a server's refusal reaches beyond the request that was refused. */
public enum LimitReach {
  /** The quota that the request counts against, for its credential. */
  KEY,
  /** Everything that is asked by the same credential. */
  CREDENTIAL,
  /** Everything that is asked of the server, whoever asks: a limit of an address or an app. */
  SERVER
}
