/**
 * Between text and records: what every room reads and writes by.
 *
 * <p>Start at {@link io.rankline.text.RecordCodec}: it reads any record by its components, as
 * {@link io.rankline.text.Option} describes them, from a {@link io.rankline.text.Section}, which is
 * an object of HOCON whose faults have places. {@link io.rankline.text.Faults} is the same check
 * for constructors.
 */
@NullMarked
package io.rankline.text;

import org.jspecify.annotations.NullMarked;
