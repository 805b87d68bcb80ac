package io.replog.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Requests a second as bars, a panel for each number of connections, in SVG.
///
/// @param turns what was measured
/// @param connections a panel each
record Plot(Turns turns, List<Integer> connections) {

  private static final int WIDTH = 800;
  private static final int NAMES = 210;
  private static final int FIGURES = 80;
  private static final int BAR = 18;
  private static final int ROW = 24;
  private static final int TITLE = 34;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int panel = TITLE + turns.contenders().size() * ROW;
    int height = connections.size() * panel + ROW;
    lines.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">"
            .formatted(WIDTH, height));
    lines.add("<title>Appends a second, each waited for</title>");
    lines.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>".formatted(WIDTH, height));
    for (int place = 0; place < connections.size(); place++) {
      addPanel(lines, connections.get(place), place * panel);
    }
    lines.add("</svg>");
    return lines;
  }

  private void addPanel(List<String> lines, int count, int top) {
    String title = count == 1 ? "1 connection" : count + " connections";
    lines.add(
        "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s, requests a second</text>"
            .formatted(NAMES, top + TITLE - 10, title));
    List<Contender> contenders = turns.contenders();
    double most =
        contenders.stream().mapToDouble(each -> turns.perSecond(each, count)).max().orElse(1);
    for (int place = 0; place < contenders.size(); place++) {
      addBar(lines, contenders.get(place), count, most, top + TITLE + place * ROW);
    }
  }

  private void addBar(List<String> lines, Contender contender, int count, double most, int top) {
    double value = turns.perSecond(contender, count);
    long width = most == 0 ? 0 : Math.round(value / most * (WIDTH - NAMES - FIGURES));
    String colour = contender == Contender.REPLOG ? "#2563a8" : "#9aa5b1";
    int line = top + BAR - 4;
    lines.add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
            .formatted(NAMES - 8, line, contender.words()));
    lines.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
            .formatted(NAMES, top, width, BAR, colour));
    lines.add(
        String.format(
            Locale.ROOT, "<text x=\"%d\" y=\"%d\">%,.0f</text>", NAMES + width + 6, line, value));
  }
}
