/**
 * What the columns of a DataFrame of ranking records are: options, features, columns and their
 * types, and how a schema is inferred from a sample of records.
 *
 * <p>Start at {@link io.rankline.spark.source.schema.ColumnResolver}.
 */
@NullMarked
package io.rankline.spark.source.schema;

import org.jspecify.annotations.NullMarked;
