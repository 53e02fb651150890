package dev.muster.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints what was measured at scale as Markdown, each row as soon as it is known. */
final class ScaleReport {

    private ScaleReport() {}

    static void loaded(int users, Duration duration) {
        print("%,d users in %,d s.%n%n", users, duration.toSeconds());
    }

    static void head(ScaleTenant small, ScaleTenant large) {
        print(
                "| operation | CPU at %,d users | CPU at %,d users | p50 ms | p50 ms | p99 ms | p99 ms | CPU large/small |%n",
                small.users(), large.users());
        print("|---|--:|--:|--:|--:|--:|--:|--:|%n");
    }

    static void row(String name, Figures small, Figures large) {
        print(
                "| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                micros(small),
                micros(large),
                small.p50() / 1e3,
                large.p50() / 1e3,
                small.p99() / 1e3,
                large.p99() / 1e3,
                micros(large) / micros(small));
    }

    static void group(ScaleStreams.Read read, long heap) {
        print(
                "%nGET of the group: %,d members, first byte after %d ms, all of it in %.1f s; heap after collections"
                        + " at most %d MiB.%n",
                read.elements(), read.firstByte().toMillis(), seconds(read.whole()), heap);
    }

    static void cursors(List<ScaleStreams.Read> pages, long heap) {
        print(
                "GET of all users through cursors: %,d users in %,d pages, %.1f s; the first 100 pages took %.1f ms each,"
                        + " the last 100 %.1f ms; heap after collections at most %d MiB.%n",
                pages.stream().mapToInt(ScaleStreams.Read::elements).sum(),
                pages.size(),
                pages.stream().mapToDouble(page -> seconds(page.whole())).sum(),
                average(pages.subList(0, Math.min(100, pages.size()))),
                average(pages.subList(Math.max(0, pages.size() - 100), pages.size())),
                heap);
    }

    static void indexes(int startIndex, ScaleStreams.Read first, ScaleStreams.Read far, ScaleStreams.Read next) {
        print(
                "GET of 100 users by index: startIndex=1 %d ms, startIndex=%d %d ms, the page after it %d ms.%n",
                first.whole().toMillis(),
                startIndex,
                far.whole().toMillis(),
                next.whole().toMillis());
    }

    static void writers(List<Integer> counts) {
        print(
                "20 writers at once on the group: %d members sent, %d more of them in the group; %d left when each was"
                        + " removed.%n",
                counts.get(0), counts.get(1), counts.get(2));
    }

    private static double average(List<ScaleStreams.Read> pages) {
        return pages.stream()
                        .mapToLong(page -> page.whole().toNanos())
                        .average()
                        .orElse(0)
                / 1e6;
    }

    private static double micros(Figures figures) {
        return figures.serverMicros() + figures.postgresMicros();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
