/**
 * Pages that show what came of a training: self-contained HTML, charts as SVG, no network.
 *
 * <p>Start at {@link io.rankline.pipeline.report.TrainingReport}, the page of one training. Other
 * pages are put together from the same parts: a {@link io.rankline.pipeline.report.ReportPage} has
 * sections, a section has blocks: text, tables, charts, listings.
 *
 * <p>Whatever text goes in, comes out as text: nothing that a name or a configuration holds is
 * taken for markup.
 */
@NullMarked
package io.rankline.pipeline.report;

import org.jspecify.annotations.NullMarked;
