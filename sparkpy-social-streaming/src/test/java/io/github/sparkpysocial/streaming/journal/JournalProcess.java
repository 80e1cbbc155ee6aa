package io.github.sparkpysocial.streaming.journal;

import io.github.sparkpysocial.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a journal in a process of its own, and says on its standard output what is committed. */
final class JournalProcess {
  private JournalProcess() {}

  /** Writes entries whose payload is their offset, ten a commit, until it is killed or fails. */
  public static void main(String[] args) {
    try (Journal journal =
        Journal.open(
            Path.of(args[0]), JournalOptions.DEFAULT.withSegmentBytes(Long.parseLong(args[1])))) {
      long number = journal.end().offset();
      while (true) {
        for (int i = 0; i < 10; i++) {
          journal.append(JournalEntry.Kind.RECORD, payload(number++));
        }
        System.out.println(journal.commit().offset());
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  static byte[] payload(long number) {
    return (number + " ".repeat((int) (number % 50))).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param fileBlocks how many KiB a file may have, or 0 for any number
   */
  static Process start(Path directory, long segmentBytes, int fileBlocks) throws IOException {
    List<String> command = new ArrayList<>();
    if (fileBlocks > 0) {
      command.addAll(List.of("bash", "-c", "ulimit -f " + fileBlocks + "; exec \"$0\" \"$@\""));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            JournalProcess.class.getName(),
            directory.toString(),
            Long.toString(segmentBytes)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
