package io.github.camundabackup.test.acceptance;

/** A report in lines for people. */
final class ReportText {
    private ReportText() {}

    static String write(AcceptanceReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "Acceptance: " + (report.isAccepted() ? "SAME" : "NOT THE SAME"));
        if (!report.line().isEmpty()) {
            line(
                    text,
                    "  Compared with: a simulated " + report.line() + " of version " + report.version() + " ("
                            + report.versionFrom() + ")");
        }
        if (!report.engine().isEmpty()) {
            line(text, "  Search engine: " + report.engine());
        }
        line(
                text,
                "  Questions:     " + report.count(AcceptanceVerdict.SAME) + " the same, "
                        + report.count(AcceptanceVerdict.DIFFERENT) + " different, "
                        + report.count(AcceptanceVerdict.UNREACHABLE) + " unreachable, "
                        + report.count(AcceptanceVerdict.NOT_ASKED) + " not asked");
        report.left().forEach(left -> line(text, "  STILL THERE:   " + left));
        report.notes().forEach(note -> line(text, "  Note:          " + note));
        line(text, "");
        report.results().forEach(result -> line(text, result.toString()));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
