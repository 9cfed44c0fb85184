"""The faces of a report in Word; a desk that lacks one takes another."""

BODY, HEADING, TITLE = "仿宋", "黑体", "方正小标宋简体"
