package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Makes the dashboard of a place, and serves it. */
@CommandLine.Command(
    name = "dashboard",
    description = {
      "Make the dashboard of your own data, as analyze does, and serve it to a browser if asked"
          + " to.",
      "",
      "It is served on this machine alone, until the command is stopped.",
      ""
    },
    footer = {
      "",
      "Example: look at it under the address that is said",
      "  sparkpy dashboard posts.jsonl --out report --serve"
    })
final class DashboardCommand extends AnalyzeCommand {
  @Option(names = "--serve", description = "Serve the dashboard until stopped.")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "With --serve: the port. Default: any that is free.")
  private int port;

  @Override
  void made(Console console, Dashboard dashboard) throws IOException {
    if (!serve) {
      return;
    }
    try (LiveDashboard live = LiveDashboard.builder(dashboard).port(port).start()) {
      console.say("look at " + live.uri() + "; stop with Ctrl-C");
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
