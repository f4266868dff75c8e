"""Zhaibian: damaged newspaper pages become structured, reviewed, published, findable remarks.

Data goes one way: file -> text -> lines -> blocks -> draft -> working rows -> review ->
edition -> pages. Each arrow is one room of this package; docs/rooms.md is the map.
"""
