package io.rankline.model.kernel.block;

/** Where batch norm stands in a block. */
public enum NormPlace {
  /** No batch norm. */
  NONE,
  /** Dense, batch norm, activation, dropout: TF-Ranking's towers. */
  BEFORE_ACTIVATION,
  /** Dense, activation, batch norm, dropout: DASALC. */
  AFTER_ACTIVATION
}
