package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Texts;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes meetings, in the time of their place. */
record MeetingsPart(Panels panels) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

  void write(Meetings meetings) {
    panels.open(meetings.id(), meetings.title(), "");
    if (!panels.none(meetings.meetings(), "No meeting is announced")) {
      panels.out().open("ol", "class", "meetings");
      for (Meeting meeting : meetings.meetings()) {
        meeting(meeting);
      }
      panels.out().close();
    }
    panels.out().close();
  }

  private void meeting(Meeting meeting) {
    ZonedDateTime start = meeting.startsAt().atZone(meeting.zone());
    panels.out().line().open("li", "data-starts-at", meeting.startsAt().toString());
    panels.out().open("div", "class", "day", "aria-hidden", "true");
    panels.out().element("span", MONTH.format(start), "class", "m");
    panels.out().element("span", String.valueOf(start.getDayOfMonth()), "class", "d");
    panels.out().close().open("div");
    panels.out().open("h4");
    panels.linked(Texts.shorten(meeting.title(), Texts.TITLE), meeting.link());
    panels.badge(meeting.network());
    panels.out().close();
    panels.out().open("p");
    panels
        .out()
        .element(
            "time",
            CLOCK.format(start),
            "datetime",
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start));
    panels.out().literal(" (" + meeting.zone().getId() + ")");
    panels.out().close();
    String about =
        Stream.of(meeting.group(), meeting.place())
            .filter(text -> text != null && !Texts.clean(text).isEmpty())
            .map(text -> Texts.shorten(String.valueOf(text), Texts.LABEL * 2))
            .collect(Collectors.joining(" · "));
    if (!about.isEmpty()) {
      panels.out().element("p", about, "dir", "auto");
    }
    Long attendees = meeting.attendees();
    if (attendees != null) {
      panels
          .out()
          .element(
              "p",
              attendees == 1 ? "1 person comes" : Texts.number(attendees) + " people come",
              "data-fact",
              "attendees",
              "data-value",
              attendees.toString());
    }
    panels.out().close().close();
  }
}
