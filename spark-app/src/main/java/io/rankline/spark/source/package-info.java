/**
 * The {@code elwc} data source: ranking records as DataFrames, read and written.
 *
 * <pre>{@code
 * Dataset<Row> lists = spark.read().format("elwc").option("listSize", 200).load("/logs/day=*");
 * lists.write().format("elwc").option("compression", "gzip").save("/data/train");
 *
 * SELECT query, __list_size__ FROM elwc.`/logs/day=2026-11-22`
 * }</pre>
 *
 * <p>Start at {@link io.rankline.spark.source.ElwcSource}. From there {@code ElwcFileFormat} makes
 * a {@code ListScan} (file to decoder to {@code RowWriter}) for a read, and a {@code WritePlan}
 * (rows to {@code ListAssembler} to encoder) for a write.
 *
 * <p><b>Rows.</b> One row is one list. A context feature is a column, an example feature an array
 * column with an element an item, {@code __list_mask__} says which elements are items, {@code
 * __list_size__} how many there were before {@code listSize} cut them. A value is a float, bigint
 * or string (the raw bytes), or an array of those where a feature may have another number of values
 * than one. A missing feature shows the default of its spec; one without a written default (NaN as
 * default, an inferred schema, a schema given with {@code schema(...)}) shows null. Padding shows
 * the default, else null, else (features of any number of values) an empty array. On a write, null
 * leaves a feature out, and elements that the mask leaves out are dropped.
 *
 * <p><b>Flat rows.</b> With {@code queryColumn} one row is one item, and the features of the query
 * are repeated in each. A write brings the rows of a query together and keeps their order; the
 * queries of a file are in the order of their values. A spec that does not name the query column
 * groups by it and leaves it out. Where the records have no context feature of that name, a read
 * makes up names from path and record number, which a write leaves out again.
 *
 * <p><b>What a column is</b> is given by option {@code spec} or {@code specFile}; else by the
 * metadata that a read leaves in the schema and that Spark carries through select, filter and
 * Parquet; else by its type: a single value is a context feature, an array an example feature,
 * those in {@code contextColumns} are context features; float and double are written as float,
 * integers and booleans as int64, string and binary as bytes.
 *
 * <p><b>Options</b> are those of {@link io.rankline.spark.source.schema.SourceOptions}, as the page
 * of all keys lists them. Their names are matched in any case, and a name that nearly is one is
 * refused.
 *
 * <p><b>Why Spark's file format interface</b> (its first version, and not the newer catalog
 * interfaces): it brings one partition a file with small files combined, partition folders, save
 * modes, the atomic commit protocol, SQL on paths and tables, and hands columns down so that only
 * they are decoded. Its one gap, that a format cannot ask for rows to be moved before a write, is
 * closed by {@code SourceWrite}, which Spark calls first for {@code df.write()}. What follows from
 * it: flat rows are grouped by {@code df.write()} and refused by INSERT, and {@code partitionBy}
 * works with {@code save(path)} but not with {@code saveAsTable}.
 */
@NullMarked
package io.rankline.spark.source;

import org.jspecify.annotations.NullMarked;
