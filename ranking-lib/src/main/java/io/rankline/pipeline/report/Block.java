package io.rankline.pipeline.report;

/** A part of a section. */
public sealed interface Block
    permits Paragraph, Table, LineChart, BarChart, IntervalChart, Listing {}
